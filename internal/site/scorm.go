package site

import (
	"bytes"
	"fmt"
	"strings"

	"wayout/internal/site/pages"
)

// scorm adds the manifest that a learning platform reads before it opens the folder.
func (m *maker) scorm() {
	m.asset("scorm.js")
	title, id := m.escaped(m.titled()), "wayout"
	if len(m.o.Lessons) == 1 {
		id = m.escaped("wayout-" + m.o.Lessons[0].ID)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="%s" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
 <organizations default="course"><organization identifier="course"><title>%s</title>
  <item identifier="item" identifierref="pages"><title>%s</title></item></organization></organizations>
 <resources><resource identifier="pages" type="webcontent" adlcp:scormtype="sco" href="index.html">
`, id, title, title)
	for _, f := range m.files {
		fmt.Fprintf(&b, "  <file href=\"%s\"/>\n", m.escaped(strings.ReplaceAll(pages.Escape(f.Name), "%2F", "/")))
	}
	b.WriteString(" </resource></resources>\n</manifest>\n")
	m.add("imsmanifest.xml", b.Bytes())
}
