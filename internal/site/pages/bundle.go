package pages

import (
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/pack"
	"wayout/internal/site/alone"
	"wayout/internal/site/face"
)

// Bundle is what a browser needs before it can show anything but the first page: everything of the
// course but the lessons and the recogniser, which are loaded separately.
type Bundle struct {
	Course  *course.Pack
	Help    helpline.Entries
	Face    *face.Face
	Country string // The country whose help comes first, or "".

	Platform bool // A learning platform is told what is done.
}

// Open returns a player, its pages and the words of the course, from a packed bundle. The function
// plural returns the plural form of a number in a language.
func Open(src []byte, plural func(lang string, count any) string) (p *alone.Player,
	draws *Pages, words *course.Words, err error) {
	var b Bundle
	if err := pack.Decode(src, &b); err != nil {
		return nil, nil, nil, err
	}
	c := b.Course.Unpack(func(count any) string { return plural(b.Course.Lang, count) })
	p = alone.New(c, helpline.Of(b.Help), b.Country)
	p.Platform = b.Platform
	return p, New(b.Face, c), c.Words(), nil
}
