package tui

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/input"
)

// keyMap is every key of the program, by what it is for. The tables of the screens are
// made of these; see action.
type keyMap struct {
	up, down, left, right      key.Binding
	upDown, leftRight, other   key.Binding
	take, skip, spot, undo     key.Binding
	pass                       key.Binding // Leaves out a line to type.
	mark, pageUp, pageDown     key.Binding
	home, end                  key.Binding // The first and last line of a list.
	help, keys, back, leave    key.Binding
	leaveQuietly, again, start key.Binding
	milder, digits, ways, plan key.Binding
	initial                    key.Binding // Begins to type the name of a country.
	palette                    key.Binding
	letters, sentence          key.Binding // Typed after a field has closed; sentence has h and ? too.
	settings, yes, no, find    key.Binding
	onward, backward, copy     key.Binding // On the screens for right now.

	// For a lesson shown to a room. A presenter's remote sends pgup, pgdown, f5 and a
	// full stop (fedorio/marp#5).
	roomNext, roomBack, roomForth, roomBlank, roomStop key.Binding
	goTo, hands, whatIf, comeBack, desk, card, script  key.Binding

	moreSeats, removeIdle, newCode key.Binding // For the seats of a class.

	// For a class, before and after it begins.
	vote, lock, ownPace, coming, people, endClass, report, projector key.Binding
}

// Keys are the key bindings of a program. The programs of one process share them: a set for
// each session was a quarter of its memory, measured with a thousand sessions.
type Keys struct{ keys keyMap }

// NewKeys returns the keys in the language of a course.
func NewKeys(c *course.Course) *Keys { return &Keys{newKeyMap(c.Words())} }

func newKeyMap(w *course.Words) keyMap {
	bind := func(keys []string, shown, does string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
	}
	return keyMap{
		up:           bind([]string{"up", "k"}, "↑", w.T("key.up")),
		down:         bind([]string{"down", "j"}, "↓", w.T("key.down")),
		left:         bind([]string{"left"}, "←", w.T("key.left")),
		right:        bind([]string{"right"}, "→", w.T("key.right")),
		upDown:       bind([]string{"up", "down", "k", "j"}, "↑↓", w.T("key.choose")),
		home:         bind([]string{"home"}, "home", w.T("key.first")),
		end:          bind([]string{"end"}, "end", w.T("key.last")),
		leftRight:    bind([]string{"left", "right"}, "←→", w.T("key.country")),
		other:        bind(nil, w.T("key.anyother"), ""),
		take:         bind([]string{"enter", "space"}, "enter", w.T("key.take")),
		skip:         bind([]string{"tab"}, "tab", w.T("key.skip")),
		pass:         bind([]string{"ctrl+n"}, "ctrl+n", w.T("key.pass")),
		spot:         bind([]string{"f"}, "f", w.T("key.spot")),
		undo:         bind([]string{"u"}, "u", w.T("key.undo")),
		mark:         bind([]string{"enter", "space"}, "enter", w.T("key.mark")),
		pageUp:       bind([]string{"pgup", "ctrl+u"}, "pgup", w.T("key.pageup")),
		pageDown:     bind([]string{"pgdown", "ctrl+d"}, "pgdn", w.T("key.pagedown")),
		help:         bind([]string{"h", "f1"}, "h", w.T("key.help")),
		keys:         bind([]string{"?"}, "?", w.T("key.keys")),
		back:         bind([]string{"esc"}, "esc", w.T("key.back")),
		leave:        bind([]string{"ctrl+x", "ctrl+c"}, "ctrl+x", w.T("key.leave")),
		leaveQuietly: bind([]string{"q"}, "q q q", w.T("key.leave")),
		again:        bind([]string{"r"}, "r", w.T("key.again")),
		start:        bind([]string{"enter"}, "enter", w.T("key.start")),
		milder:       bind([]string{"m"}, "m", w.T("key.milder")),
		ways:         bind([]string{"w"}, "w", w.T("key.ways")),
		plan:         bind([]string{"p"}, "p", w.T("key.plan")),
		settings:     bind([]string{"s"}, "s", w.T("key.settings")),
		find:         bind([]string{"/"}, "/", w.T("key.find")),
		yes:          bind([]string{"y"}, "y", w.T("key.yes")),
		no:           bind([]string{"n"}, "n", w.T("key.no")),
		onward:       bind([]string{"tab", "right"}, "tab", w.T("key.pass")),
		backward:     bind([]string{"left"}, "←", w.T("key.back")),
		copy:         bind([]string{"f2", "ctrl+y"}, "f2", w.T("now.copy")),
		roomNext:     bind([]string{"pgdown", "right", "enter", "space", "f5"}, "pgdn", w.T("key.next")),
		roomBack:     bind([]string{"pgup", "left", "u"}, "pgup", w.T("key.back")),
		roomForth:    bind([]string{"f"}, "f", w.T("key.forth")),
		roomBlank:    bind([]string{".", "b"}, ".", w.T("key.blank")),
		roomStop:     bind([]string{"p"}, "p", w.T("key.stop")),
		goTo:         bind([]string{"g"}, "g", w.T("key.goto")),
		hands:        bind([]string{"c"}, "c", w.T("key.hands")),
		whatIf:       bind([]string{"w"}, "w", w.T("key.whatif")),
		comeBack:     bind([]string{"r"}, "r", w.T("key.comeback")),
		desk:         bind([]string{"n"}, "n", w.T("key.desk")),
		card:         bind([]string{"d"}, "d", w.T("key.card")),
		script:       bind([]string{"s"}, "s", w.T("key.script")),
		moreSeats:    bind([]string{"a"}, "a", w.T("key.moreseats")),
		removeIdle:   bind([]string{"x"}, "x", w.T("key.removeidle")),
		newCode:      bind([]string{"c"}, "c", w.T("key.newcode")),
		vote:         bind([]string{"v"}, "v", w.T("key.vote")),
		lock:         bind([]string{"l"}, "l", w.T("key.lock")),
		ownPace:      bind([]string{"o"}, "o", w.T("key.ownpace")),
		coming:       bind([]string{"i"}, "i", w.T("key.coming")),
		people:       bind([]string{"m"}, "m", w.T("key.people")),
		endClass:     bind([]string{"e"}, "e", w.T("key.endclass")),
		report:       bind([]string{"s"}, "s", w.T("key.report")),
		projector:    bind([]string{"p"}, "p", w.T("class.projector")),
		letters:      bind(typedOn(""), w.T("key.letters"), w.T("key.nothing")),
		sentence:     bind(typedOn("h?"), w.T("key.letters"), w.T("key.nothing")),
		palette:      bind([]string{"ctrl+k"}, "ctrl+k", w.T("key.palette")),
		initial:      bind(strings.Split("abcdefgijklmnoprstuvwxyz", ""), "a-z", w.T("key.initial")),
		digits:       bind([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "1-9", w.T("key.digits")),
	}
}

// numbersTo returns the digit keys, named for a list of n lines.
func (k keyMap) numbersTo(n int) key.Binding {
	b, shown := k.digits, "1"
	if n > 1 {
		shown = "1-" + strconv.Itoa(min(n, 9))
	}
	b.SetHelp(shown, b.Help().Desc)
	return b
}

// typedOn returns the keys that a sentence is typed with, and those in more. If another line takes
// one of them too, such as "r" for once more, the first line of the table gets it.
func typedOn(more string) []string {
	all := []string{"space"}
	for _, r := range "abcdefgijklmnoprstuvwxyz.,'!0" + more { // Not "q": three of them leave everywhere.
		all = append(all, string(r))
	}
	return all
}

// named returns a binding as the hints name it. While text is typed it keeps only the keys that
// type nothing; false means that it has none, and does nothing then.
func (e look) named(b key.Binding) (key.Binding, bool) {
	letter := func(name string) bool { return name == "space" || utf8.RuneCountInString(name) == 1 }
	keys, shown := b.Keys(), b.Help().Key
	if !e.typing || len(keys) == 0 || !slices.ContainsFunc(keys, letter) {
		return b, true
	}
	keys = slices.DeleteFunc(slices.Clone(keys), letter)
	if len(keys) == 0 {
		return b, false
	}
	if slices.Contains(b.Keys(), shown) && letter(shown) {
		shown = keys[0]
	}
	b.SetKeys(keys...)
	b.SetHelp(shown, b.Help().Desc)
	return b, true
}

// numberPad maps the keys of the number pad to the keys that they stand for.
var numberPad = map[rune]rune{tea.KeyKpEnter: tea.KeyEnter, tea.KeyKpUp: tea.KeyUp, tea.KeyKpDown: tea.KeyDown,
	tea.KeyKpLeft:  tea.KeyLeft,
	tea.KeyKpRight: tea.KeyRight, tea.KeyKpPgUp: tea.KeyPgUp, tea.KeyKpPgDown: tea.KeyPgDown}

// latin returns the key that a press is on a Latin keyboard, in lower case, so that keys
// work with Caps Lock and on keyboards of other scripts. While text is typed, it changes
// only keys that are pressed with ctrl.
func latin(press tea.KeyPressMsg, typing bool) tea.KeyPressMsg {
	if to, ok := numberPad[press.Code]; ok && press.Text == "" {
		press.Code = to
		return press
	}
	const locks = tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	r, mod := press.Code, press.Mod&^(locks|tea.ModShift)
	letter := []rune(press.Text)
	switch {
	case mod == tea.ModCtrl:
		press.Code, press.Mod, press.Text = input.OnLatin(r, press.BaseCode), mod, ""
	case mod == 0 && !typing && len(letter) == 1 && letter[0] != ' ':
		own := input.OnLatin(letter[0], press.BaseCode)
		press = tea.KeyPressMsg{Code: own, Text: string(own)}
	}
	press.ShiftedCode, press.BaseCode = 0, 0
	return press
}
