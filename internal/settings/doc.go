// Package settings is what a user wants of the program: language, country,
// theme, width, motion, mouse, when the screen is covered, and whether anything is kept.
//
// # Precedence
//
// A school's policy, in policy.toml or on Windows in the registry, wins over all (see [Policy]).
// Then a flag wins over the environment, the environment over the file, and the file
// over the defaults. [Resolve] is the one place that does this, except for the policy,
// which [Policy.Over] puts on top.
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
// The country is taken from the locale (LC_ALL, LC_MESSAGES, LANG); the network is
// never asked. A yes-or-no variable that is 0, false, no or empty counts as not set.
// Colour has variables that other programs share: NO_COLOR with any value
// (no-color.org), then FORCE_COLOR and CLICOLOR_FORCE, then what the terminal can do;
// TERM=dumb chooses the renderer that goes line by line.
//
// # What this package must not know
//
// Flags, paths and screens: it is given what they hold.
package settings
