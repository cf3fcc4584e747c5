package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/coursetest"
)

// papers are the two paper sizes, in inches.
var papers = []struct {
	name string
	w, h float64
}{{"A4", 8.27, 11.69}, {"Letter", 8.5, 11}}

// margin is the page margin of paper.css, in inches.
const margin = 16 / 25.4

// TestHandoutsInChromium holds for every handout of every lesson that axe-core finds
// nothing, that it makes no request, that nothing is wider than the paper, and that it
// prints.
func TestHandoutsInChromium(t *testing.T) {
	ctx := browsertest.Open(t)
	all := handouts(t)
	if testing.Short() {
		for id := range all {
			if id != "hold-my-phone" {
				delete(all, id)
			}
		}
	}
	sheet, err := NowSheet(Handout{Course: coursetest.Course(t), Help: coursetest.Help(t), Country: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	all["right now"] = sheet
	for id, pages := range all {
		for _, p := range pages {
			address := "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(p.HTML)
			if err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
				t.Fatalf("%s %s: %v", id, p.Name, err)
			}
			found, err := browsertest.Axe(ctx)
			if err != nil {
				t.Fatalf("%s %s: %v", id, p.Name, err)
			}
			for _, f := range found {
				t.Errorf("%s %s: axe: %s", id, p.Name, f)
			}
			for _, paper := range papers {
				if err := fits(ctx, paper.w, paper.h); err != nil {
					t.Errorf("%s %s on %s: %v", id, p.Name, paper.name, err)
				}
			}
		}
	}
}

// fits returns an error if something is wider than the paper, or can't be printed on it.
func fits(ctx context.Context, w, h float64) error {
	var wide []string
	var pdf []byte
	err := chromedp.Run(ctx,
		emulation.SetEmulatedMedia().WithMedia("print"),
		chromedp.EmulateViewport(int64((w-2*margin)*96), int64((h-2*margin)*96)),
		chromedp.Evaluate(
			`[...document.querySelectorAll("*")].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline" || e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.tagName + " " + e.textContent.slice(0, 60))`, &wide),
		chromedp.ActionFunc(func(ctx context.Context) error {
			var err error
			pdf, _, err = page.PrintToPDF().WithPaperWidth(w).WithPaperHeight(h).WithPreferCSSPageSize(false).Do(ctx)
			return err
		}),
		emulation.SetEmulatedMedia().WithMedia(""),
	)
	if err != nil {
		return err
	}
	if len(wide) > 0 {
		return fmt.Errorf("wider than the paper: %s", strings.Join(wide, "; "))
	}
	if len(pdf) < 5000 || !strings.HasPrefix(string(pdf), "%PDF-") {
		return fmt.Errorf("a PDF of %d bytes", len(pdf))
	}
	return nil
}
