package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"wayout/internal/site/pages"
)

// scorm adds what a learning platform reads before it opens the folder as a course.
func (m *maker) scorm() {
	src, err := page.ReadFile("page/scorm.js")
	m.fail(err)
	m.add("scorm.js", src)
	escaped := func(s string) string {
		var b bytes.Buffer
		m.fail(xml.EscapeText(&b, []byte(s)))
		return b.String()
	}
	title := m.o.Course.Words().T("home.title")
	id := "wayout"
	if len(m.o.Lessons) == 1 {
		title, id = m.o.Lessons[0].Title, "wayout-"+m.o.Lessons[0].ID
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="%s" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
 <organizations default="course"><organization identifier="course"><title>%s</title>
  <item identifier="item" identifierref="pages"><title>%s</title></item></organization></organizations>
 <resources><resource identifier="pages" type="webcontent" adlcp:scormtype="sco" href="index.html">
`, escaped(id), escaped(title), escaped(title))
	for _, f := range m.files {
		fmt.Fprintf(&b, "  <file href=\"%s\"/>\n", escaped(strings.ReplaceAll(pages.Escape(f.Name), "%2F", "/")))
	}
	b.WriteString(" </resource></resources>\n</manifest>\n")
	m.add("imsmanifest.xml", b.Bytes())
}
