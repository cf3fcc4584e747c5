package browsertest

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.10.3 (MPL-2.0, see axe.LICENSE), for tests only.
//
//go:embed axe.min.js
var axe string

// Open returns a headless Chromium, for at most eight minutes. Without Chromium the test is
// skipped, unless WAYOUT_CHROMIUM=required is set.
func Open(t testing.TB) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("WAYOUT_CHROMIUM") == "required" {
			t.Fatal("there is no Chromium on this machine, and there has to be")
		}
		t.Skip("there is no Chromium on this machine; install the package chromium to run this test")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// Window opens a window that shares nothing with other windows of a browser, like another
// person's device.
func Window(t testing.TB, browser context.Context) context.Context {
	t.Helper()
	var id target.ID
	err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		own, err := target.CreateBrowserContext().Do(ctx)
		if err != nil {
			return err
		}
		id, err = target.CreateTarget("about:blank").WithBrowserContextID(own).WithNewWindow(true).Do(ctx)
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	t.Cleanup(cancel)
	// The context of the first Run decides how long the window lives. With focus emulation every
	// window takes keys as if it were in front.
	if err := chromedp.Run(ctx, emulation.SetFocusEmulationEnabled(true)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// Axe returns what axe-core finds wrong with the open page.
func Axe(ctx context.Context) ([]string, error) {
	var found []string
	var loaded int
	err := chromedp.Run(ctx,
		chromedp.Evaluate(axe+";0", &loaded),
		chromedp.Evaluate(
			`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" | ")))`, &found,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return found, err
}

// Wide returns the elements that are wider than the open page, or than their own box.
func Wide(ctx context.Context) ([]string, error) {
	var wide []string
	err := chromedp.Run(ctx, chromedp.Evaluate(`[...document.querySelectorAll("body *")].filter(e =>
		e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 &&
			!["inline", "none"].includes(getComputedStyle(e).display) && !["INPUT", "METER"].includes(e.tagName) ||
		e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
	).map(e => e.tagName + " " + e.textContent.slice(0, 60))`, &wide))
	return wide, err
}

// leastTarget is the least size of an element to touch, in CSS pixels (WCAG 2.2, 2.5.5,
// level AAA).
const leastTarget = "44"

// Small returns the elements to touch that are smaller than 44 by 44 CSS pixels. Links
// within a sentence, or in a list of countries, may be smaller.
func Small(ctx context.Context) ([]string, error) {
	var small []string
	err := chromedp.Run(ctx, chromedp.Evaluate(`[...document.querySelectorAll(
		"button, input:not([type=hidden]):not(label input), .button, summary, textarea, label:has(input)"
	)].filter(e => e.getClientRects().length > 0).filter(e => {
		const r = e.getBoundingClientRect();
		return r.height < `+leastTarget+` || r.width < `+leastTarget+`;
	}).map(e => e.outerHTML.slice(0, 80))`, &small))
	return small, err
}
