package hub_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/hub"
	"eks-auto-gitops/pkg/layout"
)

// fleetCase is a fleet and the hub/ that it must give.
type fleetCase struct {
	name, dir, file, ack string
}

// cases are the fleet of this repository, and those of testdata/hub.
func cases(t *testing.T) []fleetCase {
	t.Helper()
	root := golden.Root(t)
	all := []fleetCase{{name: "shipped", dir: root, file: layout.ClustersFile, ack: hub.Charts}}
	for name, ack := range map[string]string{"account-map": hub.Charts, "charts": hub.Charts, "managed": hub.Managed, "single-account": hub.Charts} {
		all = append(all, fleetCase{name, filepath.Join(root, "testdata", "hub", name), "clusters.yaml", ack})
	}
	return all
}

func (c fleetCase) source(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(c.dir, c.file))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// fleet loads the case's clusters.yaml as gen init hub does, with text replaced: pairs of old and new.
func (c fleetCase) fleet(t *testing.T, replace ...string) *config.Fleet {
	t.Helper()
	source := c.source(t)
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(source, replace[i]) {
			t.Fatalf("%s does not have %q", c.name, replace[i])
		}
		source = strings.ReplaceAll(source, replace[i], replace[i+1])
	}
	fleet, problems := config.LoadForHub(layout.ClustersFile, []byte(source))
	if problems.HasErrors() {
		t.Fatalf("case %s: %v", c.name, problems)
	}
	return fleet
}

// files makes the case's files in a repository where there is nothing yet.
func (c fleetCase) files(t *testing.T) map[string][]byte {
	t.Helper()
	return contents(made(t, fstest.MapFS{}, c.fleet(t), c.ack).All)
}

// made is what gen init hub makes of a repository.
func made(t *testing.T, repository fs.FS, fleet *config.Fleet, ack string) *hub.Result {
	t.Helper()
	result, problems, err := hub.Files(repository, fleet, hub.Options{ACK: ack})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return result
}

func contents(tree *layout.Tree) map[string][]byte {
	files := map[string][]byte{}
	for _, file := range tree.Paths() {
		files[file], _ = tree.Get(file)
	}
	return files
}

// TestGolden compares hub/ with what was reviewed.
func TestGolden(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			files := map[string][]byte{}
			for file, content := range c.files(t) {
				files[strings.TrimPrefix(file, hub.Dir+"/")] = content
			}
			golden.Compare(t, filepath.Join(c.dir, hub.Dir), files)
		})
	}
}

// TestAgain makes the files again, where they are: nothing changes, and the way of ACK need not be said again.
func TestAgain(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			first := c.files(t)
			result := made(t, repository(first), c.fleet(t), "")
			if n := len(result.Changed) + len(result.Foreign) + len(result.Stale); n > 0 {
				t.Errorf("left to people: %v %v %v", result.Changed, result.Foreign, result.Stale)
			}
			for file, content := range contents(result.Tree) {
				if string(first[file]) != string(content) {
					t.Errorf("%s is another the second time", file)
				}
			}
			if result.Tree.Len() != len(first) {
				t.Errorf("%d files, and %d the second time", len(first), result.Tree.Len())
			}
		})
	}
}

func repository(files map[string][]byte) fstest.MapFS {
	disk := fstest.MapFS{}
	for file, content := range files {
		disk[file] = &fstest.MapFile{Data: content}
	}
	return disk
}
