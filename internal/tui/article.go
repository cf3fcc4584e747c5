package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
)

// articleScreen tells what the lessons are drawn from, point by point.
type articleScreen struct {
	article course.Article
	pager   pager
}

// newArticle returns the screen, or says what is wrong with the article's file.
func newArticle(e env) screen {
	a, err := e.course.Article()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	return articleScreen{article: a}
}

func (s articleScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

func (s articleScreen) intro(e env) page { return e.sentence(s.article.Intro, e.column()) }

func (s articleScreen) now(e env, p course.Point) page { return e.sentence(p.Now, e.column()-3) }

func (s articleScreen) reads(e env) []page {
	pages := []page{s.intro(e)}
	for _, p := range s.article.Points {
		pages = append(pages, s.now(e, p))
	}
	return pages
}

func (s articleScreen) body(e env) []string {
	col := e.column()
	lines := append(e.read(s.intro(e)), "")
	for _, p := range s.article.Points {
		lines = append(lines, wrap(e.theme.title, p.Title, col)...)
		lines = append(lines, wrap(e.theme.muted, e.words.T("article.said")+" "+p.Said, col)...)
		now := append(wrap(e.theme.strong, e.words.T("article.now"), col-3), e.read(s.now(e, p))...)
		now = append(now, wrap(e.theme.muted, e.words.T("article.try")+" "+p.Try, col-3)...)
		for _, id := range p.Lessons {
			if entry, err := e.course.Entry(id); err == nil {
				now = append(now, wrap(e.theme.accent, "▸ "+entry.Title, col-3)...)
			}
		}
		lines = append(append(lines, e.barred(now, e.theme.accent, col)...), "")
	}
	return lines
}

func (s articleScreen) draw(e env) frame {
	return e.page(e.words.T("article.title"), s.body(e), s.pager, s.keys(e))
}

func (s articleScreen) keys(e env) []action {
	return append(s.pager.reads(e.look, len(s.body(e)), func(p pager) screen { s.pager = p; return s }), e.opensKeys())
}
