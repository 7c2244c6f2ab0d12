package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// manyElements is how many elements a page may have whatever the size of the fleet: what is not looked at is not made.
// Beside the list of clusters, of which each takes five.
const manyElements = 3000

// TestThousand: one line that changes 1,000 clusters is one change, and any of the clusters can be looked at.
func TestThousand(t *testing.T) {
	was := manyClusters(1000) + "\ndefaults: {version: \"1.36\", zonalShift: true}\n"
	before := fleet(t, "before", was)
	after := filepath.Join(t.TempDir(), "after")
	if err := os.CopyFS(after, os.DirFS(before)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(after, "clusters", "clusters.yaml"), changed(t, was, "zonalShift: true", "zonalShift: false"))
	runGen(t, after, "clusters", "--quiet")
	file := page(t, before, after)

	start := time.Now()
	p := open(t, file, "")
	t.Logf("%d kB, open in %v", size(t, file)>>10, time.Since(start))
	sameList(t, "status", p.texts("#status"), "1 change, 1,000 objects")
	sameList(t, "chains", p.texts("#graph .label"), "500 clusters", "500 clusters")
	sameList(t, "steps with changes", p.texts("#graph .step:not(.quiet) .what"), "500 changes", "500 changes")
	same(t, "places", eval[int](p, "document.querySelectorAll('#places li').length"), 1003)
	if n := eval[int](p, "document.querySelectorAll('*').length"); n > manyElements+5*1000 {
		t.Errorf("the page has %d elements", n)
	}
	p.picture("thousand")

	p.press("f")
	start = time.Now()
	p.do(chromedp.SendKeys(chromedp.CSS("#find-place"), "0777"))
	sameList(t, "found", p.texts("#places .name"), "prod-0777")
	p.click("#places li:not([hidden]) button")
	t.Logf("a cluster of 1,000 in %v", time.Since(start))
	sameList(t, "what changes in it", p.texts(".change .name"), "prod-0777/prod-0777")
	sameList(t, "and in others", p.texts("#list h3"), "prod/prod-0777 and the same in 999 more clusters")
	sameList(t, "where it is", p.texts(".body > p"), "Step cluster, folder clusters/prod/prod-0777/cluster",
		"Only the fields: the rest of the object is not the same in every cluster.")
	if text := strings.Join(p.texts(".lines"), ""); strings.Contains(text, "<cluster>") {
		t.Errorf("the lines do not name the cluster: %s", text)
	}
}

// TestFirstCommit: of a fleet from nothing, what clusters have alike is told once, with a mark where it is not the same.
func TestFirstCommit(t *testing.T) {
	file := page(t, t.TempDir(), fleet(t, "after", manyClusters(200)+"\ndefaults: {version: \"1.36\"}\n"))
	start := time.Now()
	p := open(t, file, "")
	t.Logf("%d kB, open in %v", size(t, file)>>10, time.Since(start))
	textFits(t, p)
	p.do(chromedp.SendKeys(chromedp.CSS("#text"), "availabilityzone private-c"))
	sameList(t, "what is found", p.texts(".change .name"), "<cluster>/<cluster>-private-c")
	sameList(t, "where it is", p.texts(".body > p"),
		"Step foundation, folder clusters/<environment>/<cluster>/foundation", "<varies> is what is not the same in every cluster.")
	if lines := strings.Join(p.texts(".lines td.after"), "\n"); !strings.Contains(lines, "cidrBlock: <varies>") || !strings.Contains(lines, "name: <cluster>-private-c") {
		t.Errorf("got %s", lines)
	}
	p.picture("first-commit")
}

// TestTooMuch: what is more than a page can hold is left out, and the page says where it is.
func TestTooMuch(t *testing.T) {
	clusters := manyClusters(200)
	for i := range 200 {
		name := fmt.Sprintf("-%04d, ", i)
		release := fmt.Sprintf("releases: [{name: app-%d, namespace: app, chart: {url: \"oci://registry.example.org/app\", version: 1.0.0}, values: {text: %s}}], ", i, strings.Repeat("x", 50_000))
		clusters = changed(t, clusters, name, name+release)
	}
	file := page(t, t.TempDir(), fleet(t, "after", clusters+"\ndefaults: {version: \"1.36\"}\n"))
	start := time.Now()
	p := open(t, file, "")
	t.Logf("%d kB, open in %v", size(t, file)>>10, time.Since(start))
	same(t, "changes in the list", p.count(".change"), 100)
	p.click("#more")
	same(t, "changes in the list, after one asks for more", p.count(".change"), 200)
	if n := eval[int](p, "document.querySelectorAll('*').length"); n > manyElements+5*200+200*10 {
		t.Errorf("the page has %d elements", n)
	}
	start = time.Now()
	p.do(chromedp.SendKeys(chromedp.CSS("#text"), "helmrelease app-199"))
	t.Logf("a text among all changes in %v", time.Since(start))
	sameList(t, "what there is no room for", p.texts(".body > p"),
		"Step addons, folder flux/prod/prod-0199/addons", "The page has no room for this object: it is in the folder above.")
}

func size(t *testing.T, file string) int64 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
