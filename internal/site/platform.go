package site

import (
	"bytes"
	"encoding/xml"
)

// Platform is the standard by which a folder talks to a learning platform.
type Platform int

// The standards.
const (
	NoPlatform Platform = iota
	SCORM               // SCORM 1.2.
	CMI5                // cmi5, Quartz.
)

// script returns the script with which the pages talk to a platform; "" for none.
func (p Platform) script() string {
	return [...]string{"", "scorm.js", "cmi5-story.js"}[p]
}

// platform adds the files that a learning platform reads, and the scripts that talk to it.
func (m *maker) platform() {
	switch m.o.Platform {
	case SCORM:
		m.scorm()
	case CMI5:
		m.cmi5()
	case NoPlatform:
	}
}

// read returns a file that is embedded in this package.
func (m *maker) read(name string) []byte {
	src, err := page.ReadFile("page/" + name)
	m.fail(err)
	return src
}

// asset adds an embedded file unchanged.
func (m *maker) asset(name string) { m.add(name, m.read(name)) }

// titled returns the title of the course, or that of its only lesson.
func (m *maker) titled() string {
	if len(m.o.Lessons) == 1 {
		return m.o.Lessons[0].Title
	}
	return m.o.Course.Words().T("home.title")
}

// escaped returns a text escaped for XML.
func (m *maker) escaped(s string) string {
	var b bytes.Buffer
	m.fail(xml.EscapeText(&b, []byte(s)))
	return b.String()
}
