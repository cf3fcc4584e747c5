package course

import (
	"io/fs"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"wayout/internal/text"
)

// Words is the words of the interface, from ui.toml.
type Words struct{ in localizer }

// localizer finds the words of an id and fills them in.
type localizer interface {
	localize(id string, data map[string]any, count any) (string, error)
}

// translator is the library for it.
type translator struct{ in *i18n.Localizer }

func (t translator) localize(id string, data map[string]any, count any) (string, error) {
	c := i18n.LocalizeConfig{MessageID: id, PluralCount: count}
	if data != nil {
		c.TemplateData = data
	}
	return t.in.Localize(&c)
}

func readWords(dir fs.FS, lang string) (*Words, error) {
	src, err := readSome(dir, "ui.toml", 1<<20)
	if err != nil {
		return nil, err
	}
	clean, _ := text.Clean(src, text.Policy{Max: 1 << 20})
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, err
	}
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	if _, err := bundle.ParseMessageFileBytes([]byte(clean), "ui."+lang+".toml"); err != nil {
		return nil, err
	}
	return &Words{in: translator{i18n.NewLocalizer(bundle, lang)}}, nil
}

// T returns the words of an id, such as "player.more". Pairs are the names and
// values that stand in its template; a pair named "Count" also chooses the
// plural. An id that is not there is returned in ‹brackets›, so that a hole is
// seen and nothing stops.
func (w *Words) T(id string, pairs ...any) string {
	var data map[string]any
	var count any
	if len(pairs) > 0 {
		data = make(map[string]any, len(pairs)/2)
		for i := 0; i+1 < len(pairs); i += 2 {
			name, _ := pairs[i].(string)
			data[name] = pairs[i+1]
			if name == "Count" {
				count = pairs[i+1]
			}
		}
	}
	s, err := w.in.localize(id, data, count)
	if err != nil {
		return "‹" + id + "›"
	}
	return s
}
