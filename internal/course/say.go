package course

import (
	"wayout/internal/lesson"
)

// What both renderers for a terminal say in the same words stands here.

// Setting returns the name of a setting; see internal/settings.
func (w *Words) Setting(name string) string {
	switch name {
	case "lang":
		return w.T("settings.lang")
	case "country":
		return w.T("settings.country")
	case "theme":
		return w.T("settings.theme")
	case "width":
		return w.T("settings.width")
	case "motion":
		return w.T("settings.motion")
	case "mouse":
		return w.T("settings.mouse")
	case "private":
		return w.T("settings.private")
	}
	return name
}

// SettingValue returns the words for a value of a setting, or the value itself.
func (w *Words) SettingValue(name, value string) string {
	switch name + " " + value {
	case "country ":
		return w.T("value.nocountry")
	case "theme auto":
		return w.T("value.auto")
	case "theme dark":
		return w.T("value.dark")
	case "theme light":
		return w.T("value.light")
	case "theme contrast":
		return w.T("value.contrast")
	case "theme mono":
		return w.T("value.mono")
	case "width ":
		return w.T("value.width")
	case "motion on", "mouse on", "private on":
		return w.T("value.on")
	case "motion off", "mouse off", "private off":
		return w.T("value.off")
	}
	if name == "width" {
		return w.T("value.cells", "Number", value)
	}
	if name == "lang" {
		return w.languageName(value)
	}
	return value
}

// languageName returns a language's name in itself.
func (w *Words) languageName(lang string) string {
	switch lang {
	case "en":
		return "English"
	case PseudoLang:
		return "English, lengthened"
	}
	return lang
}

// Trouble returns what a learner is told about the file of the record, or "".
// Kind is the name of a [progress.TroubleKind]; lost is -1 where it is not known
// how many answers are lost.
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

// PlanParts are the ids of a plan, as far as they were chosen.
type PlanParts struct{ When, First, Second, By, Start string }

// Plan returns a plan in sentences, as far as it has come.
func (w *Words) Plan(parts lesson.PlanWords, p PlanParts) []string {
	text := func(id string) string {
		part, _ := parts.Part(id)
		return part.Text
	}
	var lines []string
	if p.When != "" {
		lines = append(lines, w.T("plan.saywhen", "When", text(p.When)))
	}
	if p.First != "" {
		lines = append(lines, w.T("plan.sayfirst", "Who", text(p.First)))
	}
	if p.Second != "" {
		lines = append(lines, w.T("plan.saysecond", "Who", text(p.Second)))
	}
	if p.By != "" {
		lines = append(lines, w.T("plan.sayby", "How", text(p.By)))
	}
	if p.Start != "" {
		lines = append(lines, w.T("plan.saystart", "Words", text(p.Start)))
	}
	return lines
}
