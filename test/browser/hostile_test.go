package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostile: what stands in a patch is shown as it is and never runs.
func TestHostile(t *testing.T) {
	before := fleet(t, "before", shipped(t))
	after := filepath.Join(t.TempDir(), "after")
	if err := os.CopyFS(after, os.DirFS(before)); err != nil {
		t.Fatal(err)
	}
	const evil = `</script><script>hacked = 1</script><img src=x onerror="hacked = 1"><!-- `
	patches := filepath.Join(after, "patches", "dev", blogCluster, "nodes")
	write(t, filepath.Join(patches, "kustomization.yaml"), "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [evil.yaml]\n")
	write(t, filepath.Join(patches, "evil.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: evil, namespace: kube-system}\ndata:\n  text: '"+evil+"'\n  turned: \"\\u202egnp.exe\"\n")
	runGen(t, after, "clusters", "--quiet")

	p := open(t, page(t, before, after), "")
	if lines := strings.Join(p.texts(".lines"), ""); !strings.Contains(lines, evil) {
		t.Errorf("the text is not shown: %s", lines)
	}
	if lines := strings.Join(p.texts(".lines"), ""); strings.Contains(lines, "\u202e") || !strings.Contains(lines, `\u202egnp.exe`) {
		t.Errorf("what turns a text around is not shown: %s", lines)
	}
	same(t, "it ran", eval[bool](p, "'hacked' in window"), false)
	eval[bool](p, `(() => { const s = document.createElement("script"); s.text = "window.hacked = 1"; document.body.append(s); return true; })()`)
	same(t, "another script ran", eval[bool](p, "'hacked' in window"), false)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.complaints) != 1 || !strings.Contains(p.complaints[0], "Content Security Policy") {
		t.Errorf("the browser says %q", p.complaints)
	}
	p.complaints = nil
}
