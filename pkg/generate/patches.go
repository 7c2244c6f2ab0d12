package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

// Patches are the folders with the user's patches.
type Patches map[string]bool

// Has reports whether the user has patches for a stage of a cluster. In a retiring cluster those of nodes,
// add-ons and applications count no more: what they change is gone, and kustomize would refuse them.
func (p Patches) Has(c *config.Cluster, stage component.Stage) bool {
	if c.State == config.StateRetiring && !stage.OnAWS() || c.Agent() && ownStage(stage) != stage {
		return false
	}
	return p[layout.PatchDir(c.Environment, c.Name, stage)]
}

// FindPatches looks for patches/<environment>/<cluster>/<stage>/kustomization.yaml in the repository, and for
// patches/<environment>/sources/kustomization.yaml, which changes the chart sources that the environment's clusters share. A folder
// that no cluster or stage belongs to is a warning: nothing would ever apply it. A symbolic link in the place of a folder is
// an error, for Flux does not fetch what it leads to. The error is that of reading.
func FindPatches(repository fs.FS, fleet *config.Fleet) (Patches, diag.List, error) {
	patches := Patches{}
	var problems diag.List
	if problem, ok := readfile.FolderLink(repository, "patches"); ok {
		return patches, diag.List{problem}, nil
	}
	err := fs.WalkDir(repository, "patches", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		parts := strings.Split(dir, "/")
		if problem, ok := readfile.FolderLink(repository, dir); ok && len(parts) <= 4 {
			problems = append(problems, problem)
		}
		ofSources := len(parts) == 3 && parts[2] == string(component.Sources)
		if problem, ok := shallow(fleet, dir, parts, entry); ok {
			problems = append(problems, problem)
			if entry.IsDir() {
				return fs.SkipDir
			}
		}
		if !entry.IsDir() || len(parts) != 4 && !ofSources {
			return nil
		}
		problem, lost := misplaced(fleet, dir, parts[1:])
		if ofSources {
			problem, lost = misplacedSources(fleet, dir, parts[1])
		}
		if lost {
			problems = append(problems, problem)
			return fs.SkipDir
		}
		fault, err := checkComponent(repository, dir)
		if err != nil {
			return err
		}
		if fault != nil {
			problems = append(problems, *fault)
		}
		patches[dir] = true
		return fs.SkipDir
	})
	if errors.Is(err, fs.ErrNotExist) {
		return patches, problems, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read patches: %w", err)
	}
	return patches, problems, nil
}

// shallow finds what stands above the folder of a stage: a file, which nothing reads, and a folder that is named after a cluster
// where the environment belongs.
func shallow(fleet *config.Fleet, at string, parts []string, entry fs.DirEntry) (diag.Problem, bool) {
	problem := diag.Problem{File: at, Severity: diag.Warning}
	if !entry.IsDir() {
		problem.Message = "nothing applies this file"
		problem.Hint = "move it into patches/<environment>/<cluster>/<stage>, and name it in the kustomization.yaml there"
		return problem, len(parts) < 5 && (strings.HasSuffix(at, ".yaml") || strings.HasSuffix(at, ".yml"))
	}
	for _, c := range fleet.Clusters {
		if len(parts) == 2 && c.Name == parts[1] && !slices.ContainsFunc(fleet.Environments, func(e config.Environment) bool { return e.Name == c.Name }) {
			problem.Message = "this folder is named after a cluster, where an environment belongs, so nothing applies these patches"
			problem.Hint = fmt.Sprintf("git mv %s patches/%s/%s", at, c.Environment, c.Name)
			return problem, true
		}
	}
	return problem, false
}

// misplaced reports whether the folder environment/cluster/stage belongs to nothing in the fleet.
func misplaced(fleet *config.Fleet, dir string, parts []string) (diag.Problem, bool) {
	var stages, clusters []string
	brings := slices.ContainsFunc(fleet.Clusters, func(c config.Cluster) bool {
		return c.Environment == parts[0] && c.Name == parts[1] && c.HasOperator()
	})
	for _, s := range component.Stages() {
		if brings || s != component.Operator && s != component.Agent {
			stages = append(stages, string(s))
		}
	}
	for _, c := range fleet.Clusters {
		clusters = append(clusters, c.Environment+"/"+c.Name)
	}
	problem := diag.Problem{File: dir, Severity: diag.Warning}
	name := parts[0] + "/" + parts[1]
	switch {
	case !slices.Contains(clusters, name):
		problem.Message = fmt.Sprintf("there is no cluster %q in environment %q, so nothing applies these patches", parts[1], parts[0])
		problem.Hint = "remove the folder, or rename it to <environment>/<cluster>"
		if near := diag.Nearest(name, clusters); near != "" {
			problem.Hint = fmt.Sprintf("did you mean patches/%s?", near)
		}
	case parts[2] == string(component.Sources) && hasOwnSources(fleet, parts):
		return diag.Problem{}, false
	case parts[2] == string(component.Sources):
		problem.Message = "chart sources belong to the environment, so nothing applies these patches"
		problem.Hint = "move them to " + layout.SourcePatchDir(parts[0])
	case !slices.Contains(stages, parts[2]):
		problem.Message = fmt.Sprintf("there is no stage %q, so nothing applies these patches", parts[2])
		problem.Hint = "name the folder after one of the stages " + strings.Join(stages, ", ")
	default:
		return diag.Problem{}, false
	}
	return problem, true
}

// checkComponent makes sure that the folder is a kustomize Component, as the stage's kustomization.yaml
// needs it to be.
func checkComponent(repository fs.FS, dir string) (*diag.Problem, error) {
	file := path.Join(dir, "kustomization.yaml")
	content, err := readfile.Read(repository, file)
	if problem, ok := readfile.Problem(err); ok {
		return &problem, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &diag.Problem{
			File: dir, Message: "there is no kustomization.yaml in this folder",
			Hint: "add one with apiVersion: kustomize.config.k8s.io/v1alpha1 and kind: Component, or remove the folder",
		}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	for line := range strings.Lines(string(content)) {
		if strings.TrimSpace(strings.TrimPrefix(line, "kind:")) == "Component" && strings.HasPrefix(line, "kind:") {
			return nil, nil
		}
	}
	return &diag.Problem{
		File: file, Line: 1, Column: 1, Message: "this is not a kustomize Component",
		Hint: "write apiVersion: kustomize.config.k8s.io/v1alpha1 and kind: Component at its top",
	}, nil
}
