package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// states are what the page can look like.
var states = map[string]func(p *tab){
	"open":         func(*tab) {},
	"a cluster":    func(p *tab) { p.visit("place=prod/" + prodCluster) },
	"all expanded": func(p *tab) { p.press("e") },
	"side by side": func(p *tab) { p.visit("place=prod/" + prodCluster + "&view=split&danger=any") },
	"help":         func(p *tab) { p.press("?") },
}

// TestAccessible: axe finds nothing, in any state, in light and dark: contrast, names, roles, order of headings.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("axe is not here: npm ci")
	}
	file := busyDay(t)
	for _, theme := range []string{"light", "dark"} {
		for name, reach := range states {
			t.Run(theme+", "+name, func(t *testing.T) {
				p := open(t, file, "")
				p.theme(theme)
				reach(p)
				p.picture(strings.ReplaceAll(theme+" "+name, " ", "-"))
				p.do(chromedp.Evaluate[chromedp.Void](string(axe)))
				for _, found := range result(p, chromedp.Evaluate[[]string](`
					axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html + " " + n.failureSummary)))`,
					chromedp.EvalAwaitPromise)) {
					t.Error(found)
				}
			})
		}
	}
}

// TestThemes: the page follows the system, unless a theme is chosen, which it then keeps.
func TestThemes(t *testing.T) {
	p := open(t, busyDay(t), "")
	const back = "getComputedStyle(document.body).backgroundColor"
	const light, dark = "rgb(255, 255, 255)", "rgb(20, 23, 28)"
	p.theme("dark")
	same(t, "the system's", eval[string](p, back), dark)
	p.click("#theme")
	same(t, "light", eval[string](p, back), light)
	p.click("#theme")
	p.theme("light")
	same(t, "dark", eval[string](p, back), dark)
	p.visit("")
	same(t, "dark, kept", eval[string](p, back), dark)
	p.click("#theme")
	same(t, "the system's again", eval[string](p, back), light)
}

// TestNarrow: on a small screen nothing is wider than the screen.
func TestNarrow(t *testing.T) {
	p := open(t, busyDay(t), "place=prod/"+prodCluster)
	p.do(chromedp.EmulateViewport(380, 800))
	p.press("e")
	same(t, "width of the page", eval[int](p, "document.documentElement.scrollWidth"), 380)
	p.picture("narrow")
}
