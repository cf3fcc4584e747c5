package doctor

import (
	"fmt"
	"strconv"
	"strings"
)

// Level says how bad a finding is.
type Level uint8

// The levels. Only [Wrong] keeps a class from starting.
const (
	Fine Level = iota
	Note
	Wrong
)

// String returns "fine", "note" or "wrong".
func (l Level) String() string { return [...]string{"fine", "note", "wrong"}[l] }

// MarshalText is [Level.String], for JSON.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Finding is the result of one check.
type Finding struct {
	Check string `json:"check"` // What was checked: network, port, firewall, proxy, terminal or student.
	Level Level  `json:"level"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // How to fix it, or what to know.
}

// Network judges the addresses of this computer.
func Network(ways []Address) []Finding {
	if len(ways) == 0 {
		return []Finding{{"network", Wrong, "This computer isn't on a network.", "Connect to the class's network."}}
	}
	var all []Finding
	for i, w := range ways {
		says := fmt.Sprintf("%s on %s", w.Addr, w.Interface)
		if i == 0 {
			says += ": this is the one --lan uses"
		}
		all = append(all, Finding{Check: "network", Says: says + "."})
	}
	bad := Note
	if k := ways[0].Kind; k == Virtual || k == Addressed {
		bad = Wrong
	}
	for _, warning := range Warnings(ways) {
		all = append(all, Finding{"network", bad, warning, ""})
	}
	return all
}

// Proxy judges what the environment says about a proxy.
func Proxy(getenv func(string) string) []Finding {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"} {
		if getenv(name) != "" {
			return []Finding{{"proxy", Note, "This network has a web proxy (" + name + ").",
				"Students' browsers should reach the class without it: ask IT to exempt its address. If they " +
					"can't, the class still works, but screens may follow you two to three seconds late. Run " +
					"wayout doctor --with-student to find out."}}
		}
	}
	return []Finding{{Check: "proxy", Says: "No web proxy is set here."}}
}

// TerminalFacts are what is known of the terminal.
type TerminalFacts struct {
	Terminal bool // Both input and output are a terminal.
	W, H     int  // In cells.
	Term     string
	UTF8     bool
	Colors   string // As the terminal libraries call it, such as "TrueColor".
}

// Terminal judges the terminal in which the desk would run.
func Terminal(s TerminalFacts) []Finding {
	if !s.Terminal || s.Term == "dumb" {
		return []Finding{{"terminal", Note, "This isn't a terminal window, so there's nothing to check.",
			"Run wayout doctor in the window you'll teach from."}}
	}
	all := []Finding{{Check: "terminal", Says: fmt.Sprintf("%d by %d cells, %s.", s.W, s.H, s.Colors)}}
	if s.W < 60 || s.H < 16 {
		all = append(all, Finding{"terminal", Note, "The window is smaller than 60 by 16.",
			"Make it larger, or the text smaller."})
	} else if s.W < 80 || s.H < 24 {
		all = append(all, Finding{"terminal", Note, "There may be no room for the QR code.",
			"It needs a window of 80 by 24."})
	}
	if !s.UTF8 {
		all = append(all, Finding{"terminal", Note, "The system doesn't say that this window shows UTF-8.",
			"If letters look broken, set LANG to a UTF-8 locale, such as en_GB.UTF-8."})
	}
	return all
}

// Ask returns what to ask IT for, so that a class can run at an address.
func Ask(addr string, port, ssh int) []string {
	ports := strconv.Itoa(port)
	if ssh > 0 {
		ports += " (pages) and " + strconv.Itoa(ssh) + " (terminals; optional)"
	}
	return []string{
		"Let students' devices reach TCP port " + ports + " of " + addr + " while the class runs.",
		"If the Wi-Fi keeps devices apart (client isolation), it has to let this through. Otherwise the class " +
			"can use a cable, or a teacher's phone as a hotspot.",
		"No proxy in between: it's plain HTTP inside the school, with nothing personal in it and pages that stay " +
			"open. To use the school's own certificate, give --tls-cert and --tls-key.",
		"Nothing goes to the internet, nothing is installed on the devices, and nothing is kept.",
		"For many classes: wayout serve, on a machine that students can reach. README says how.",
	}
}

// Worst returns the highest level of some findings.
func Worst(all []Finding) Level {
	worst := Fine
	for _, f := range all {
		worst = max(worst, f.Level)
	}
	return worst
}

// IsUTF8 reports whether the environment says that the terminal shows UTF-8.
func IsUTF8(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
