// Package settings is what a user wants of the program: language, country,
// theme, width, motion, mouse, when the screen is covered, and whether anything is kept.
//
// # Precedence
//
// A school's policy wins over all (see [Policy]): in policy.toml, or on Windows in the registry.
// Then a flag wins over the environment, the environment over the file, the file over
// what is built in. This is the one place that says so, and [Resolve] the one
// that does it.
//
//	setting   flag            environment                     settings.toml
//	lang      --lang          WAYOUT_LANG                     lang = "en"
//	country   --country       WAYOUT_COUNTRY, then the locale country = "GB"
//	theme     --theme         WAYOUT_THEME                    theme = "light"
//	width     --width         WAYOUT_WIDTH                    width = 60
//	motion    --no-motion     REDUCE_MOTION                   motion = false
//	mouse     --no-mouse      WAYOUT_NO_MOUSE                 mouse = false
//	cover     --cover         WAYOUT_COVER                    cover = "on"
//	private   --private       WAYOUT_PRIVATE                  private = true
//
// Of a locale (LC_ALL, LC_MESSAGES, LANG) the country is taken, and never the
// network asked. A variable that is set to 0, false, no or nothing counts as not
// set. Colour is apart, since other programs share it: NO_COLOR with any value
// (no-color.org), then FORCE_COLOR and CLICOLOR_FORCE, then what the terminal can do;
// TERM=dumb chooses the renderer line by line.
//
// # What this package must not know
//
// Flags, paths and screens: it is given what they hold.
package settings
