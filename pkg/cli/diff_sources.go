package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
	"eks-auto-gitops/pkg/revision"
)

// workingTree is what the current folder is called.
const workingTree = "the working tree"

// sources are the trees to compare: from is a revision, a folder, or empty for the merge base; to is empty for the
// current folder.
func sources(ctx context.Context, from, to string) (before, after diff.Source, err error) {
	git := revision.Git{Dir: ".", Context: ctx}
	if !isFolder(from) || !isFolder(to) {
		if err := atRoot("."); err != nil {
			return before, after, err
		}
	}
	if from == "" {
		before, err = mergeBase(git)
	} else {
		before, err = source(git, from)
	}
	if err != nil {
		return before, after, err
	}
	if to == "" {
		after, err = folder(workingTree, ".")
	} else {
		after, err = source(git, to)
	}
	return before, after, err
}

// source reads a folder if there is one of the name, else a revision. A folder that is not the root of a repository
// with a fleet may well have the name of a branch: then the branch is meant.
func source(git revision.Git, name string) (diff.Source, error) {
	commit, noCommit := git.Resolve(name)
	if isFolder(name) && (noCommit != nil || isRoot(name)) {
		if err := holdsFleet(name); err != nil {
			return diff.Source{}, err
		}
		return folder(filepath.ToSlash(filepath.Clean(name)), name)
	}
	if noCommit != nil {
		hint := cmp.Or(notGit(git), cutOff(git), "\n  hint: git branch --all lists the branches; git fetch brings those that are only on the remote")
		if near := diag.Nearest(name, branches()); near != "" {
			hint = "\n  hint: did you mean " + near + "?"
		}
		return diff.Source{}, fmt.Errorf("%s is neither a folder nor a revision: %w%s", name, noCommit, hint)
	}
	return commitSource(git, name, commit)
}

// atRoot refuses a folder of a repository: below its root a fleet looks as if there were none.
func atRoot(dir string) error {
	if root, below := rootAbove(dir); below {
		return usageError{fmt.Errorf("%s is not the root of a repository, but a folder of %s", dir, filepath.ToSlash(root))}
	}
	return nil
}

// holdsFleet refuses a folder that is named by mistake. An empty one may be meant: it is what there was before.
func holdsFleet(dir string) error {
	if err := atRoot(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 && !isFolder(filepath.Join(dir, "clusters")) && !isFolder(filepath.Join(dir, "flux")) {
		return usageError{fmt.Errorf("%s holds no fleet: there is neither clusters nor flux in it", dir)}
	}
	return nil
}

// notGit is what to do where there is no repository of Git, or none with a commit.
func notGit(git revision.Git) string {
	if _, err := git.Resolve("HEAD"); err == nil {
		return ""
	}
	return "\n  hint: this folder is no Git repository, or has no commit yet; compare with a folder instead: gen diff DIR"
}

// cutOff is what to do where the history ends early.
func cutOff(git revision.Git) string {
	if git.Shallow() {
		return "\n  hint: the history is cut off here; fetch all of it: git fetch --unshallow, or fetch-depth: 0 in a workflow"
	}
	return ""
}

// commitSource reads a commit.
func commitSource(git revision.Git, name, commit string) (diff.Source, error) {
	tree, err := git.Tree(commit, "clusters", "flux", "patches")
	if err != nil {
		return diff.Source{}, err
	}
	return diff.Source{Name: name, Sums: tree.Sums, Read: tree.Read, Hub: func() (map[string][]byte, error) {
		hub, err := git.Tree(commit, "hub")
		if err != nil {
			return nil, err
		}
		return hub.Read(slices.Collect(maps.Keys(hub.Sums)))
	}}, nil
}

// folder reads the tree in a folder. Links in it are not followed, so that it needs no [os.Root], which is slow.
func folder(name, dir string) (diff.Source, error) { return diff.FromFS(name, os.DirFS(dir)) }

// mergeBase is where the current branch left the branch of an environment: of several, the one that is nearest. A
// branch counts as it is on the remote, so that what is not pushed yet is a change.
func mergeBase(git revision.Git) (diff.Source, error) {
	best, name, nearest, apart := "", "", 0, ""
	for _, branch := range branches() {
		for _, ref := range []string{"refs/remotes/origin/" + branch, "refs/heads/" + branch} {
			commit, err := git.Resolve(ref)
			if err != nil {
				continue
			}
			base, err := git.MergeBase(commit, "HEAD")
			if err != nil {
				apart = branch
				continue
			}
			distance, err := git.Distance(base, "HEAD")
			if err == nil && (best == "" || distance < nearest) {
				best, nearest, name = base, distance, branch+" at "+base[:min(7, len(base))]
			}
			break
		}
	}
	hint := cmp.Or(notGit(git), cutOff(git), "\n  hint: name a revision or a folder: gen diff REV")
	switch {
	case best == "" && apart != "":
		return diff.Source{}, fmt.Errorf("the branch %s and the current one have no commit in common here%s", apart, hint)
	case best == "" && len(branches()) == 0:
		return diff.Source{}, fmt.Errorf("%s is not here, or names no branch to compare with%s", layout.ClustersFile, hint)
	case best == "":
		return diff.Source{}, fmt.Errorf("no branch of an environment is here to compare with%s", hint)
	}
	return commitSource(git, name, best)
}

// branches are those of the environments in clusters.yaml; one that cannot be read has none.
func branches() []string {
	content, err := readfile.Read(os.DirFS("."), layout.ClustersFile)
	if err != nil {
		return nil
	}
	var fleet struct {
		Environments []struct {
			Branch string `yaml:"branch"`
		} `yaml:"environments"`
	}
	if err := yaml.Unmarshal(content, &fleet); err != nil {
		return nil
	}
	var names []string
	for _, e := range fleet.Environments {
		names = append(names, e.Branch)
	}
	return names
}
