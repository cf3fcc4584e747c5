//go:build !js

package course

import (
	"io/fs"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"wayout/internal/text"
)

// translator is a localizer that uses the i18n library.
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
