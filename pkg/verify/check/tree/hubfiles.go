package tree

import (
	"bytes"
	"io/fs"
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/hub"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// HubFilesCheck holds the files that make the hub to what gen init hub would write today.
func HubFilesCheck() check.Check {
	return check.Check{
		Name: "hub-files",
		Doc:  "The files in hub/ are what gen init hub generates from clusters.yaml, except those that people have changed.",
		Why: "The templates in hub/ name the accounts of the fleet and what ACK may do in each. With those of an older fleet, ACK may " +
			"not assume its role in a new account, and none of its clusters is created. A file that you have changed is yours: gen init hub " +
			"leaves it as it is, and what a newer gen would add to it is missing.",
		Run: func(t *manifest.Tree) diag.List {
			if t.Repository == nil {
				return nil
			}
			if info, err := fs.Stat(t.Repository, hub.Dir); err != nil || !info.IsDir() {
				return nil
			}
			fleet, faults := config.LoadForHub(layout.ClustersFile, t.Files.Content[layout.ClustersFile])
			if faults.HasErrors() {
				return nil // the check fleet says so
			}
			result, problems, err := hub.Files(t.Repository, fleet, hub.Options{})
			if err != nil || len(problems) > 0 {
				return problems
			}
			return slices.Concat(outOfDate(t.Repository, result), result.Notes())
		},
	}
}

// outOfDate are files that gen wrote, nobody has changed, and gen would write otherwise today.
func outOfDate(repository fs.FS, result *hub.Result) diag.List {
	var problems diag.List
	for _, file := range result.Tree.Paths() {
		want, _ := result.Tree.Get(file)
		content, err := fs.ReadFile(repository, file)
		p := diag.Problem{File: file, Severity: diag.Warning, Hint: "run " + hub.Command + ", and deploy what changes as hub/README.md says"}
		switch {
		case err != nil:
			p.Message = "is missing: " + hub.Command + " makes this file of " + layout.ClustersFile
		case !bytes.Equal(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), want):
			p.Message = "is not what " + hub.Command + " makes of " + layout.ClustersFile + " today"
		default:
			continue
		}
		problems = append(problems, p)
	}
	return problems
}
