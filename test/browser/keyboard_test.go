package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is the text of the element that has the focus.
func (p *tab) focused() string {
	p.t.Helper()
	return eval[string](p, "(document.activeElement.id ? '#' + document.activeElement.id + ' ' : '') + document.activeElement.textContent.trim()")
}

// TestKeys: what is done often has a single key.
func TestKeys(t *testing.T) {
	p := open(t, busyDay(t), "place=prod/"+prodCluster)
	same(t, "open at first", p.count(".change[open]"), 8)
	p.press("c")
	same(t, "c closes all", p.count(".change[open]"), 0)
	p.press("j", "j")
	second := p.focused()
	p.press("j", "k")
	same(t, "j and k go to the next and back", p.focused(), second)
	p.press("k")
	if first := p.focused(); first == second {
		t.Errorf("k stays at %q", first)
	}
	p.press(kb.Enter)
	same(t, "Enter opens", p.count(".change[open]"), 1)
	p.press("d", "d", "d")
	same(t, "d goes to dangers", p.focused(), "UPDATECluster"+prodCluster+"/"+prodCluster+"⚠ endpoint-opened")
	p.press("e")
	same(t, "e opens all", p.count(".change[open]"), 8)
	p.press("v")
	same(t, "v shows the sides", p.count("#split[aria-pressed=true]"), 1)
	p.press("v")
	same(t, "v shows them no more", p.count("#split[aria-pressed=true]"), 0)

	p.press("/")
	same(t, "/ goes to the text", p.focused(), "#text ")
	p.press("v", "p", "c")
	same(t, "letters are a text there", eval[string](p, "document.querySelector('#text').value"), "vpc")
	same(t, "and filter", p.count(".change") < 8, true)
	p.press(kb.Escape, "x")
	same(t, "x clears the filters", p.count(".change"), 51)
	p.press("f")
	p.press("b", "l", "o", "g", kb.Tab, kb.Enter)
	sameList(t, "f finds a cluster, which Enter takes", p.texts("#list h3"), "dev/"+blogCluster+" and the same in 1 more cluster", "dev/"+blogCluster)

	p.press("t", "t")
	same(t, "t changes the theme", eval[string](p, "document.documentElement.dataset.theme"), "dark")
	p.press("t")
}

// TestHelp: the keys are listed, and can be switched off for people who speak to their computer (W3C, WCAG 2.1.4).
func TestHelp(t *testing.T) {
	p := open(t, busyDay(t), "")
	p.press("?")
	same(t, "? shows the help", p.count("#help[open] dt"), 11)
	p.press("x", "v")
	same(t, "keys do nothing behind it", eval[string](p, "location.hash"), "")
	p.picture("help")
	p.click("#shortcuts")
	p.press(kb.Escape)
	same(t, "Escape closes it", p.count("#help[open]"), 0)
	p.press("v", "e")
	same(t, "keys are off", p.count("#split[aria-pressed=true], .change[open]"), 0)
	p.click("#keys")
	same(t, "the button shows the help", p.count("#help[open]"), 1)
	p.click("#help form button")
	same(t, "its own button closes it", p.count("#help[open]"), 0)
}

// TestTab: the Tab key alone reaches everything that can be clicked on, and what it reaches can be seen to have the
// focus.
func TestTab(t *testing.T) {
	p := open(t, busyDay(t), "place=prod/"+prodCluster)
	p.press("c")
	eval[string](p, "document.activeElement.blur(); location.hash")
	const reachable = `[...document.querySelectorAll("button, input, select, summary, a, [tabindex='0']")].filter((e) => e.checkVisibility() && !e.disabled)`
	want := eval[int](p, reachable+".length")
	eval[bool](p, "window.seen = new Set(), true")
	for range want {
		p.press(kb.Tab)
		if !eval[bool](p, `(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.querySelector("rect"); seen.add(e);
			return s.outlineStyle !== "none" || Boolean(r && getComputedStyle(r).strokeWidth === "3px"); })()`) {
			t.Errorf("one does not see that %q has the focus", p.focused())
		}
	}
	for _, missed := range eval[[]string](p, reachable+".filter((e) => !seen.has(e)).map((e) => e.outerHTML.slice(0, 120))") {
		t.Errorf("Tab does not reach %s", missed)
	}
}

// TestGraphByKeyboard: a step can be chosen without a mouse.
func TestGraphByKeyboard(t *testing.T) {
	for _, key := range []string{kb.Enter, " "} {
		p := open(t, busyDay(t), "place=prod/"+prodCluster)
		p.do(chromedp.Focus(chromedp.CSS("#graph [data-step=cluster]")))
		p.press("1") // which means nothing
		p.press(key)
		sameList(t, fmt.Sprintf("changes after %q", key), p.texts(".change .kind"), "Cluster")
	}
}
