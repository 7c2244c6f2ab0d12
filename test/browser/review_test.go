package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestReview takes the picture that the README shows. With UPDATE_PICTURE set it writes docs/review.png; look at it before you commit it.
func TestReview(t *testing.T) {
	was, is := busy(t)
	dir := t.TempDir() // the page has the names of both folders, which are those of no machine
	for name, clusters := range map[string]string{"main": was, "upgrade": is} {
		write(t, filepath.Join(dir, name, "clusters", "clusters.yaml"), clusters)
		runGen(t, filepath.Join(dir, name), "clusters", "--quiet")
	}
	file := filepath.Join(dir, "diff.html")
	write(t, file, string(runGen(t, dir, "diff", "main", "--to", "upgrade", "--format", "html")))
	p := open(t, file, "")
	p.theme("light")
	p.do(chromedp.EmulateViewport(1120, 760))
	picture := result(p, chromedp.CaptureScreenshot())
	const most = 200_000
	if len(picture) > most {
		t.Errorf("the picture has %d bytes, want %d at most", len(picture), most)
	}
	if os.Getenv("UPDATE_PICTURE") == "" {
		p.picture("review")
		return
	}
	if err := os.WriteFile("../../docs/review.png", picture, 0o600); err != nil {
		t.Fatal(err)
	}
}
