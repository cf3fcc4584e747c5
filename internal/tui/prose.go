package tui

import (
	"fmt"
	"image/color"
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	gansi "charm.land/glamour/v2/ansi"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/view"
)

// page is a piece of prose at a width, in a theme. Every prose panel is drawn
// by Glamour, so that there is one way to draw prose. It is given only what the
// lesson parser has accepted, at most maxPage bytes.
type page struct {
	markdown string
	width    int
	theme    string
}

// maxPage bounds what Glamour is given, in bytes: its cost grows faster than
// its input. Eight KiB of nested quotes kept it busy for over 40 s (2.0.1, measured).
const maxPage = 4 << 10

// pageDrawn answers the command of fetch.
type pageDrawn struct {
	page  page
	lines []string
}

// drawings holds what was drawn and needn't be drawn again. It belongs to the
// program's loop and has no lock.
type drawings struct {
	pages map[page][]string
	items map[itemKey][]string
	asked map[page]bool
}

func newDrawings() *drawings {
	return &drawings{pages: make(map[page][]string), items: make(map[itemKey][]string), asked: make(map[page]bool)}
}

// prose returns the page for paragraphs at a width.
func (e look) prose(text []lesson.Para, width int) page {
	return page{markdown: lesson.Markdown(text), width: max(width, 8), theme: e.theme.name}
}

// sentence returns the page for words of the interface, in which **two stars**
// make a word strong.
func (e look) sentence(words string, width int) page {
	var text []lesson.Para
	for _, part := range view.Paragraphs(words) {
		var p lesson.Para
		for i, piece := range strings.Split(part, "**") {
			p.Spans = append(p.Spans, lesson.Span{Text: piece, Bold: i%2 == 1})
		}
		text = append(text, p)
	}
	return e.prose(text, width)
}

// read returns the lines of a page; none while it is being drawn, which takes a
// few milliseconds once.
func (e look) read(p page) []string { return e.drawings.pages[p] }

// fetch returns a command that draws the pages which are not drawn yet.
func (e look) fetch(pages []page) tea.Cmd {
	var cmds []tea.Cmd
	for _, p := range pages {
		if _, ok := e.drawings.pages[p]; ok || e.drawings.asked[p] {
			continue
		}
		e.drawings.asked[p] = true
		colors := e.theme.colors
		plain := e.theme.plain
		cmds = append(cmds, func() tea.Msg { return pageDrawn{p, drawPage(p, colors, plain)} })
	}
	return tea.Batch(cmds...)
}

// put keeps a page that was drawn.
func (s *drawings) put(d pageDrawn) {
	s.pages[d.page] = d.lines
	delete(s.asked, d.page)
}

// links matches the OSC 8 sequences that Glamour wraps around addresses in every
// style. They are removed: a course about deceptive links has none to click on.
const links = "\x1b\\]8;[^\x07\x1b]*(\x07|\x1b\\\\)"

func drawPage(p page, colors palette, plain bool) []string {
	markdown := p.markdown
	if len(markdown) > maxPage {
		markdown = strings.ToValidUTF8(markdown[:maxPage], "")
	}
	r, err := glamour.NewTermRenderer(glamour.WithStyles(proseStyle(colors, plain)), glamour.WithWordWrap(p.width))
	if err != nil {
		return []string{fmt.Sprint(err)}
	}
	out, err := r.Render(markdown)
	if err != nil {
		return []string{fmt.Sprint(err)}
	}
	lines := strings.Split(strings.Trim(regexp.MustCompile(links).ReplaceAllString(out, ""), "\n"), "\n")
	for i, l := range lines {
		if strings.TrimSpace(ansi.Strip(l)) == "" {
			lines[i] = ""
		} else {
			lines[i] = ansi.Truncate(l, ansi.StringWidth(strings.TrimRight(ansi.Strip(l), " ")), "")
		}
		lines[i] = ansi.Truncate(lines[i], p.width, "")
	}
	return lines
}

// proseStyle is Glamour's style for a theme: no margins, our colours.
func proseStyle(colors palette, plain bool) gansi.StyleConfig {
	yes, zero, two := true, uint(0), uint(2)
	accent := hex(colors.accent)
	if plain {
		accent = nil
	}
	return gansi.StyleConfig{
		Document:    gansi.StyleBlock{Margin: &zero, Indent: &zero},
		Paragraph:   gansi.StyleBlock{},
		List:        gansi.StyleList{LevelIndent: two},
		Item:        gansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration: gansi.StylePrimitive{BlockPrefix: ". "},
		Emph:        gansi.StylePrimitive{Italic: &yes},
		Strong:      gansi.StylePrimitive{Bold: &yes, Color: accent},
	}
}

func hex(c color.Color) *string {
	if c == nil {
		return nil
	}
	r, g, b, _ := c.RGBA()
	s := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
	return &s
}
