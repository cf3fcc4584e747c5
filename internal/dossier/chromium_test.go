package dossier

import (
	"encoding/base64"
	"testing"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
)

// TestPageInChromium checks that axe-core finds nothing, and that the page fits 320 pixels.
func TestPageInChromium(t *testing.T) {
	ctx := browsertest.Open(t)
	p, err := Make(some(t))
	if err != nil {
		t.Fatal(err)
	}
	var wide int
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(320, 640),
		chromedp.Navigate("data:text/html;charset=utf-8;base64,"+base64.StdEncoding.EncodeToString(p.HTML)),
		chromedp.Evaluate("document.documentElement.scrollWidth", &wide)); err != nil {
		t.Fatal(err)
	}
	if wide > 320 {
		t.Errorf("the page is %d pixels wide", wide)
	}
	found, err := browsertest.Axe(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("axe: %s", f)
	}
}
