package check

import "strings"

// blank marks the places that the author has to fill in, in a page that `wayout new`
// has written.
const blank = "FILL IN"

// fillIn checks that nothing in a page is left to be filled in.
func (f *finder) fillIn() {
	for _, p := range f.pieces() {
		_, wanted, ok := strings.Cut(p.text, blank)
		if !ok {
			continue
		}
		wanted, _, _ = strings.Cut(strings.TrimSpace(wanted), ".")
		f.add(p.pos, nil, "write your own words here, and take "+blank+" out", "you still have to fill this in: %s",
			wanted)
	}
}
