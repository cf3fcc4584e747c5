package web

import "wayout/internal/course"

// sheetPage is the data for the template of a sheet.
type sheetPage struct {
	onPaper
	Plan     course.Plan
	Sheet    course.Sheet
	Sessions []session
	Lessons  []course.Entry // Of all sessions, each once.
}

// session is one session of the course with its lessons.
type session struct {
	course.Session
	Lessons []course.Entry
}

// Sheets returns the printed pages of a whole course: a plan for the adult who leads it, a
// letter home, and a sheet for a substitute. h needs no lesson and no sources.
func Sheets(h Handout, plan course.Plan) ([]File, error) {
	p, err := newPaper(h)
	if err != nil {
		return nil, err
	}
	v := sheetPage{onPaper: p, Plan: plan}
	seen := make(map[string]bool)
	for _, s := range plan.Sessions {
		one := session{Session: s}
		for _, id := range s.Lessons {
			e, err := h.Course.Entry(id)
			if err != nil {
				return nil, err
			}
			one.Lessons = append(one.Lessons, e)
			if !seen[id] {
				v.Lessons = append(v.Lessons, e)
			}
			seen[id] = true
		}
		v.Sessions = append(v.Sessions, one)
	}
	sheets, err := h.Course.Sheets()
	if err != nil {
		return nil, err
	}
	var pages []File
	for _, s := range sheets {
		v.Sheet, v.Adults = s, s.Name != "letter" // The letter has its own words for it.
		page, err := v.file(s.Name, "sheet.html", v)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}
