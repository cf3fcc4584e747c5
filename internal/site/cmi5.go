package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// launchPolicy is what the launch page of a cmi5 package may do. It's the only page that may
// connect to anything: to a learning platform, whose address is known only when the platform
// opens the page. Its script begins by narrowing the policy to the two addresses that the
// platform has given.
const launchPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"frame-src 'self'; connect-src http: https:; base-uri 'none'; form-action 'none'"

// launch is the data for the template of the launch page.
type launch struct {
	Lang, Policy, Title string
	Stories             string // The IDs of the lessons that the platform may be told of, in JSON.
}

// cmi5 adds the course structure that a learning platform reads, and the page that it opens.
//
// The whole folder is one assignable unit. With one unit for each story, the platform would show
// who has opened which story and when, and the story that someone needs can reveal more about
// them than they want to tell. It also keeps help, the list of stories and "right now" together
// on the first page, with nothing before them.
//
// The form is that of the cmi5 specification, Quartz, 1st edition (AICC and ADL, 2016), sections
// 13 and 14, and of its schema: https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd.
func (m *maker) cmi5() {
	var ids []string
	for _, l := range m.o.Lessons {
		ids = append(ids, l.ID)
	}
	stories, err := json.Marshal(ids)
	m.fail(err)
	for _, name := range []string{"cmi5.js", "cmi5-story.js", "cmi5.css"} {
		m.asset(name)
	}
	html, err := m.pages.Draw("launch", launch{m.o.Course.Lang, launchPolicy, m.titled(), string(stories)})
	m.fail(err)
	m.add("cmi5.html", []byte(html))
	m.add("cmi5.xml", m.structure(stories))
}

// structure returns the course structure. IDs are made from the language and the lessons, so
// that they are the same wherever the same course is made.
func (m *maker) structure(stories []byte) []byte {
	id := func(what string) string {
		sum := sha256.Sum256(fmt.Appendf(nil, "wayout %s %s %s", what, m.o.Course.Lang, stories))
		sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // A UUID of version 8, RFC 9562.
		return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	}
	said := fmt.Sprintf(` <title><langstring lang="%s">%s</langstring></title>
  <description><langstring lang="%[1]s">%[3]s</langstring></description>`, m.escaped(m.o.Course.Lang),
		m.escaped(m.titled()), m.escaped(m.o.Course.Words().T("export.what")))
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
 <course id="%s">
 %s
 </course>
 <au id="%s" moveOn="Completed" launchMethod="AnyWindow">
 %s
  <url>cmi5.html</url>
 </au>
</courseStructure>
`, id("course"), said, id("unit"), said)
	return b.Bytes()
}
