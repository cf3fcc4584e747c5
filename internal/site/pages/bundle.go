package pages

import (
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/pack"
	"wayout/internal/site/alone"
	"wayout/internal/site/face"
)

// Bundle is what a browser needs before it can show anything but the first page: all of the
// course but the lessons and the recogniser, which come apart.
type Bundle struct {
	Course  *course.Pack
	Help    helpline.Entries
	Face    *face.Face
	Country string // Whose help comes first, or "".

	Platform bool // A learning platform is told what is done.
}

// Open returns a player and what draws its pages, from a packed bundle. Plural returns the
// form of the plural of a number in a language. Words are those of the course.
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
