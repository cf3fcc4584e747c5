package web

import (
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"wayout/internal/course"
)

// Calendar writes the days on which a class comes back as a file for any calendar (iCalendar,
// RFC 5545). Each is an all-day event that doesn't mark the owner as busy, and invites no one.
func (k *Class) Calendar(w io.Writer, all []course.ClassBooster) error {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//wayout//wayout//EN")
	for _, c := range all {
		day := c.On.Format(icsDay)
		line("BEGIN", "VEVENT")
		// The same booster on the same day is the same event, however often it's saved.
		line("UID", day+"-"+icsText(strings.ReplaceAll(strings.TrimSpace(c.Run), " ", "-"))+"@wayout.invalid")
		line("DTSTAMP", c.On.UTC().Format(icsDay+"T150405Z"))
		line("DTSTART;VALUE=DATE", day)
		line("DTEND;VALUE=DATE", c.On.Add(24*time.Hour).Format(icsDay))
		line("SUMMARY", icsText(c.Title))
		line("DESCRIPTION", icsText(c.Run+"\n\n"+k.words.T("classbooster.flags")))
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

// icsDay is the layout of a day in an iCalendar file.
const icsDay = "20060102"

// icsText escapes characters that have a meaning in an iCalendar text.
func icsText(words string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "").Replace(words)
}

// mostOfALine is how many bytes a line of an iCalendar file may have.
const mostOfALine = 75

// fold writes a line. A line that is too long goes on in the next one, after a space.
func fold(b *strings.Builder, line string) {
	for room := mostOfALine; len(line) > room; room = mostOfALine - 1 {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line = line[cut:]
	}
	b.WriteString(line + "\r\n")
}
