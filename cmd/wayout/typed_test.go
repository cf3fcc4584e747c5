//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
	"wayout/internal/coursetest"
	"wayout/internal/desk"
	"wayout/internal/room"
)

// TestNothingTypedIsLeftOfAClass has two students type, one in a browser and one over SSH,
// in a class that two machines serve: what was typed is in no file that the machines could
// have written, in no log, and in nothing that the browser, the machines and the desk sent
// each other. What was heard in the browser's line isn't sent, either.
func TestNothingTypedIsLeftOfAClass(t *testing.T) {
	browser := browsertest.Open(t)
	home, logs := t.TempDir(), t.TempDir()
	key := filepath.Join(t.TempDir(), "staff.key")
	if err := os.WriteFile(key, []byte(staffKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	servers := cluster(t)
	var between []*wire // Wires between the machines and the store.
	var all []*replica
	for _, name := range []string{"one", "two"} {
		log, err := os.Create(filepath.Join(logs, name))
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		to := tap(t, servers[len(all)].Addr().String())
		between = append(between, to)
		r := &replica{t: t, home: filepath.Join(home, name), log: log}
		if err := os.Mkdir(r.home, 0o700); err != nil {
			t.Fatal(err)
		}
		r.args = []string{"serve", "--port", "0", "--ssh-port", "0", "--host-key", filepath.Join(r.home, "host.key"),
			"--staff-key-file", key, "--nats", "nats://" + to.l.Addr().String()}
		r.start()
		all = append(all, r)
	}
	l, _, err := coursetest.Shipped(t).Lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	led := tap(t, strings.TrimPrefix(all[1].page(), "http://"))
	web := tap(t, strings.TrimPrefix(all[0].page(), "http://"))
	d, code, err := desk.Open(context.Background(), "http://"+led.l.Addr().String(), staffKey, l, 64, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	order := func(verb room.Verb) {
		t.Helper()
		if err := d.Order(room.Command{Verb: verb, Number: 1}); err != nil {
			t.Fatalf("%s: %v", verb, err)
		}
	}
	tab := browsertest.Window(t, browser)
	ctx, cancel := context.WithTimeout(tab, 3*time.Minute)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.Navigate("http://"+web.l.Addr().String()+"/"),
		browsertest.Type("#code", code),
		browsertest.Enter("#code", `document.getElementById("now")`)); err != nil {
		t.Fatal(err)
	}
	far, err := classtest.SitDown(all[1].ssh, code)
	if err != nil {
		t.Fatal(err)
	}
	order(room.Start)
	order(room.OwnPace)

	if err := chromedp.Run(ctx, chromedp.WaitReady(`#now input[name="at"]`)); err != nil {
		t.Fatal(err)
	}
	toRehearsal(t, ctx, func(moved chromedp.Action) error {
		return chromedp.Run(ctx, says(typed+" i want to die", "#first"), click("#back"),
			says("are you ok? "+typed, "#heard .speech"), click(`#now button[name="skip"]`), moved)
	})
	const why = "every key you press would travel"
	for end := time.Now().Add(time.Minute); !strings.Contains(strings.Join(strings.Fields(far.Screen()), " "), why); {
		if time.Now().After(end) {
			t.Fatalf("over SSH it never says why nothing is typed:\n%s", far.Screen())
		}
		if err := far.Press("\r1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond) // A person's pause between two keys.
	}
	if err := far.Press(typed); err != nil {
		t.Fatal(err)
	}
	if err := far.Press("\r"); err != nil {
		t.Fatal(err)
	}
	if err := far.Sees("how it could sound"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(far.Screen(), "nobody may see") {
		t.Errorf("what was typed over SSH is on the screen:\n%s", far.Screen())
	}
	order(room.End)
	if _, err := d.Report(ctx); err != nil {
		t.Fatal(err)
	}

	kept := func(wires ...*wire) (told []byte) {
		for _, w := range wires {
			w.mu.Lock()
			told = append(append(told, w.copy.Bytes()...), '\n')
			w.mu.Unlock()
		}
		return told
	}
	machines := kept(append(between, led)...)
	if !bytes.Contains(machines, []byte(`"turn":"say"`)) {
		t.Error("what the machines tell each other isn't seen: there is no line that was passed by")
	}
	for _, heard := range []string{"said", "check-in", "unclear", "danger"} {
		if bytes.Contains(machines, []byte(`"`+heard+`"`)) {
			t.Errorf("%s has been told", heard)
		}
	}
	told := append(machines, kept(web)...)
	holdsNothingTyped(t, "what was told", told)
	files := 0
	for _, dir := range []string{home, logs} {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			files++
			src, err := os.ReadFile(path)
			holdsNothingTyped(t, path, src)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 4 {
		t.Errorf("only %d files", files)
	}
}

// holdsNothingTyped holds that a part of what was typed isn't in src, in any encoding.
func holdsNothingTyped(t *testing.T, where string, src []byte) {
	t.Helper()
	const part = "nobody may see"
	ways := []string{part, strings.ReplaceAll(part, " ", "+"), strings.ReplaceAll(part, " ", "%20"),
		hex.EncodeToString([]byte(part))}
	for shift := range 3 { // Base64 depends on the offset, and its ends on the bytes around it.
		coded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + part))
		ways = append(ways, coded[4:len(coded)-2])
	}
	for _, way := range ways {
		if bytes.Contains(src, []byte(way)) {
			t.Errorf("%s holds %q", where, way)
		}
	}
}
