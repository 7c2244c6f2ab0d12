package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one step may take before the test fails. Nothing waits for it to pass.
const patience = 30 * time.Second

// tab is a page that is open. It fails the test when the page complains or asks for anything but its own file.
type tab struct {
	t    *testing.T
	ctx  context.Context //nolint:containedctx // a tab is a context to chromedp
	file string
	mu   sync.Mutex
	// complaints are errors and warnings of the page, requests what it has asked for.
	complaints, requests []string
}

// open opens a file in a new tab; hash is what its address has behind the #.
func open(t *testing.T, file, hash string) *tab {
	t.Helper()
	if chromium == nil {
		t.Skip("there is no Chromium here")
	}
	ctx, cancel := chromedp.NewContext(chromium)
	t.Cleanup(cancel)
	p := &tab{t: t, ctx: ctx, file: "file://" + file}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true})
	p.startCounting()
	t.Cleanup(p.gather)
	p.visit(hash)
	return p
}

// visit opens the page anew.
func (p *tab) visit(hash string) {
	p.t.Helper()
	address := p.file
	if hash != "" {
		address += "#" + hash
	}
	p.countFunctions() // those of the page that is open now
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("#status")))
}

// listen keeps what the page complains of and asks for.
func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.complaints = append(p.complaints, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("%s: %s", e.Type, e.Args[0].Value))
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, e.Entry.Text)
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	}
}

// gather looks, at the end of a test, at what the page complained of and asked for.
func (p *tab) gather() {
	p.countFunctions()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, complaint := range p.complaints {
		p.t.Errorf("the page complains: %s", complaint)
	}
	for _, request := range p.requests {
		if request != p.file && request != "about:blank" {
			p.t.Errorf("the page asks for %s", request)
		}
	}
}

// do does things in the page.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	result(p, chromedp.Steps(actions...))
}

// result does one thing in the page and returns what it gives.
func result[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// call sends the browser a command of its protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], parameters P) R {
	p.t.Helper()
	return result(p, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, parameters)
	})
}

// eval returns the value of an expression.
func eval[T any](p *tab, expression string, arguments ...any) T {
	p.t.Helper()
	return result(p, chromedp.Evaluate[T](fmt.Sprintf(expression, arguments...)))
}

// texts are the texts of all elements that a selector finds and that are shown.
func (p *tab) texts(selector string) []string {
	p.t.Helper()
	return eval[[]string](p, "[...document.querySelectorAll(%q)].filter((e) => e.checkVisibility()).map((e) => e.textContent.trim())", selector)
}

// count is how many elements a selector finds that are shown.
func (p *tab) count(selector string) int {
	p.t.Helper()
	return len(p.texts(selector))
}

// click clicks on the first element that a selector finds, as the mouse does.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// until waits until an expression is true.
func (p *tab) until(expression string) {
	p.t.Helper()
	result(p, chromedp.Poll[bool](expression))
}

// press presses keys, one after the other. A key that the page takes for itself types nothing, as with a keyboard.
func (p *tab) press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		if len(key) != 1 || key < " " || key > "~" {
			p.do(chromedp.KeyEvent(key))
			continue
		}
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: key})
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key})
	}
}

// choose takes an option of a select.
func (p *tab) choose(selector, value string) {
	p.t.Helper()
	eval[bool](p, "((e) => { e.value = %q; return e.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector(%q))", value, selector)
}

// theme makes the system prefer light or dark colours.
func (p *tab) theme(name string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	})
}

// picture keeps a picture of the page with the test's artifacts, which go test -artifacts keeps.
func (p *tab) picture(name string) {
	p.t.Helper()
	file := filepath.Join(p.t.ArtifactDir(), name+".png")
	if err := os.WriteFile(file, result(p, chromedp.CaptureScreenshot()), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// same fails the test if two values differ.
func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// sameList fails the test if two lists differ.
func sameList(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
