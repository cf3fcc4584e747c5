package browsertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long to wait for a page, and presses how often to press something in
// that time. On a busy machine a press can fall between two drawings of a page and miss
// both, and sometimes a window of Chromium stops taking keys and clicks while its page
// goes on. So after two presses a script presses instead.
const (
	patience = 30 * time.Second
	presses  = 6
)

// Until waits, for at most 30 seconds, until an expression in JavaScript is true. Unlike
// chromedp.Poll, it keeps waiting when the page is loaded again, and works on a page that
// isn't being drawn.
func Until(expression string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error { return until(ctx, expression, patience) })
}

func until(ctx context.Context, expression string, wait time.Duration) error {
	end := time.Now().Add(wait)
	for {
		yes := false
		err := chromedp.Evaluate("Boolean("+expression+")", &yes).Do(ctx)
		switch {
		case err == nil && yes:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case time.Now().After(end): // Earlier errors may be those of a page that is loading.
			return fmt.Errorf("%w: %s (%v)", errNever, expression, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

var errNever = errors.New("this never became true")

// Press clicks an element until an expression in JavaScript is true, and fails with the
// words on the page after 30 seconds. Use it only if several clicks have the effect of
// one.
func Press(selector, expression string) chromedp.Action {
	return again(func(ctx context.Context) error { return chromedp.Click(selector).Do(ctx) },
		element(selector)+".click()", expression)
}

// Enter presses the Enter key on an element until an expression in JavaScript is true, as
// Press does with the mouse.
func Enter(selector, expression string) chromedp.Action {
	return again(func(ctx context.Context) error {
		if err := chromedp.Focus(selector).Do(ctx); err != nil {
			return err
		}
		return chromedp.KeyEvent(kb.Enter).Do(ctx)
	}, `(e => e.tagName === "INPUT" ? e.form.requestSubmit() : e.click())(`+element(selector)+`)`, expression)
}

// Says returns an expression for Until, Press and Enter: that the page shows some words.
func Says(words string) string {
	return fmt.Sprintf("document.body && document.body.innerText.includes(%q)", words)
}

// Type types a text into a field, key by key, and fails with the words on the page if the
// text isn't there after 30 seconds.
func Type(selector, text string) chromedp.Action {
	field := element(selector)
	return again(func(ctx context.Context) error {
		if err := chromedp.Evaluate(field+`.value = ""`, nil).Do(ctx); err != nil {
			return err
		}
		return chromedp.SendKeys(selector, text).Do(ctx)
	}, fmt.Sprintf(`%s.value = %q`, field, text), fmt.Sprintf("%s && %[1]s.value === %q", field, text))
}

func element(selector string) string { return fmt.Sprintf("document.querySelector(%q)", selector) }

// again calls do twice, and then runs a script, until an expression is true. It ignores an
// error if the expression is true, because an earlier press may have worked late and
// removed the element.
func again(do func(context.Context) error, script, expression string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var done, err error
		for i := range presses {
			try, cancel := context.WithTimeout(ctx, patience/presses)
			if i < 2 {
				done = do(try)
			} else {
				done = chromedp.Evaluate(script, nil).Do(try)
			}
			cancel()
			wait := patience / presses
			if done != nil {
				wait /= 10
			}
			if err = until(ctx, expression, wait); err == nil || ctx.Err() != nil {
				return err
			}
		}
		var page string
		_ = chromedp.Evaluate("document.body.innerText", &page).Do(ctx)
		return fmt.Errorf("%w; pressing gave: %v; the page says:\n%s", err, done, strings.TrimSpace(page))
	})
}
