package course

import (
	"wayout/internal/lesson"
)

// This file holds the words that both renderers for a terminal share.

// settingNames are the ids of the words for the settings of package settings.
var settingNames = map[string]string{"lang": "settings.lang", "country": "settings.country",
	"theme": "settings.theme", "width": "settings.width", "motion": "settings.motion", "mouse": "settings.mouse",
	"cover": "settings.cover", "private": "settings.private"}

// settingValues are the ids of the words for the values of settings, if they have words.
var settingValues = map[string]string{"country ": "value.nocountry", "theme auto": "value.auto",
	"theme dark": "value.dark", "theme light": "value.light", "theme dusk": "value.dusk",
	"theme tide": "value.tide", "theme linen": "value.linen", "theme contrast": "value.contrast",
	"theme mono": "value.mono", "width ": "value.width", "motion on": "value.on", "motion off": "value.off",
	"mouse on": "value.on", "mouse off": "value.off", "private on": "value.on", "private off": "value.off",
	"cover class": "value.inclass", "cover on": "value.covers", "cover off": "value.off"}

// Setting returns the name of a setting; see internal/settings.
func (w *Words) Setting(name string) string {
	if id, ok := settingNames[name]; ok {
		return w.T(id)
	}
	return name
}

// SettingValue returns the words for a value of a setting, or the value itself.
func (w *Words) SettingValue(name, value string) string {
	if id, ok := settingValues[name+" "+value]; ok {
		return w.T(id)
	}
	switch name {
	case "width":
		return w.T("value.cells", "Number", value)
	case "lang":
		return w.languageName(value)
	}
	return value
}

// languageName returns the name of a language in that language.
func (w *Words) languageName(lang string) string {
	switch lang {
	case "en":
		return "English"
	case PseudoLang:
		return "English, lengthened"
	}
	return lang
}

// homeLines are the ids of the words for lines of Home, by the name of a [progress.ItemKind].
var homeLines = map[string]string{"now": "home.now", "goon": "home.goon", "due": "home.due", "finished": "finish.row",
	"fineoroff": "home.fineoroff", "practise": "home.practise", "before": "home.before", "after": "home.after",
	"changed": "home.change", "makeplan": "home.makeplan", "keptplan": "home.plan", "article": "home.article",
	"settings": "home.settings"}

// HomeLine returns the words for a line of Home other than a lesson of the list. Kind is a
// [progress.ItemKind], and id the lesson that the line is about, or "".
func (c *Course) HomeLine(kind, id string) string {
	if id == "" {
		return c.words.T(homeLines[kind])
	}
	e, _ := c.Entry(id) // The agenda has only lessons of the course.
	return c.words.T(homeLines[kind], "Title", e.Title)
}

// Trouble returns what a learner is told about a problem with the record's file, or "".
// Kind is the name of a [progress.TroubleKind]; lost is -1 if it is unknown how many
// answers are lost.
func (w *Words) Trouble(kind string, lost int, version string) string {
	switch kind {
	case "unwritable":
		return w.T("trouble.unwritable")
	case "full":
		return w.T("trouble.full")
	case "newer":
		if version == "" {
			return w.T("trouble.newerany")
		}
		return w.T("trouble.newer", "Version", version)
	case "damaged":
		if lost < 0 {
			return w.T("trouble.damagedany")
		}
		return w.T("trouble.damaged", "Count", lost)
	case "erased":
		return w.T("trouble.erased")
	}
	return ""
}

// PlanParts are the ids of the chosen parts of a plan; "" for a part that isn't chosen yet.
type PlanParts struct{ When, First, Second, By, Start string }

// Plan returns a plan in sentences, one for each part that was chosen.
func (w *Words) Plan(parts lesson.PlanWords, p PlanParts) []string {
	var lines []string
	for _, part := range []struct{ id, says, name string }{
		{p.When, "plan.saywhen", "When"}, {p.First, "plan.sayfirst", "Who"}, {p.Second, "plan.saysecond", "Who"},
		{p.By, "plan.sayby", "How"}, {p.Start, "plan.saystart", "Words"},
	} {
		if said, ok := parts.Part(part.id); ok {
			lines = append(lines, w.T(part.says, part.name, said.Text))
		}
	}
	return lines
}
