package tree

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// ArtifactCheck holds what a folder is built from to what Flux fetches.
func ArtifactCheck() check.Check {
	return check.Check{
		Name: "artifact",
		Doc:  "Whatever a folder is built from is in the artifact that Flux fetches: no .sourceignore, no ignore of a source and no artifact generator excludes it.",
		Why: "Flux builds from an artifact of the repository, not from the repository. A folder of patches that is excluded " +
			"from it is there in every check and every review, and missing when Flux builds.",
		Run: func(t *manifest.Tree) diag.List {
			own := ignoreRules(t.Files)
			rules := map[*manifest.Object][]ignoreRule{nil: own}
			problems := generators(t)
			told := map[string]bool{}
			for _, b := range t.Builds {
				source := sourceOf(t, b)
				if _, ok := rules[source]; !ok {
					rules[source] = append(slices.Clone(own), rulesOfSource(source)...)
				}
				files := t.Files.Reached(b.Dir)
				problems = append(problems, uncopied(t, b, files)...)
				for _, p := range leftOut(b, files, source, rules[source]) {
					if cause, _, _ := strings.Cut(p.Message, " leaves out "); !told[p.Path+p.File+cause] { // once for each line that is wrong
						told[p.Path+p.File+cause] = true
						problems = append(problems, p)
					}
				}
			}
			return problems
		},
	}
}

// An ignoreRule is a line of a .sourceignore, or of the ignore of a source, and the place that says it.
type ignoreRule struct {
	gitignore.Pattern
	text, file string
	line       int
	source     *manifest.Object
}

// rulesOf reads patterns as Flux does (Flux, GitRepository API, Excluding files).
func rulesOf(content, file string, source *manifest.Object) []ignoreRule {
	var domain []string
	if dir := path.Dir(file); dir != "." && source == nil {
		domain = strings.Split(dir, "/")
	}
	var rules []ignoreRule
	for i, text := range strings.Split(content, "\n") {
		for _, pattern := range sourceignore.ReadPatterns(strings.NewReader(text), domain) {
			rules = append(rules, ignoreRule{pattern, text, file, i + 1, source})
		}
	}
	return rules
}

// ignoreRules are those of all .sourceignore files: the root's first, then by folder.
func ignoreRules(f *manifest.Files) []ignoreRule {
	rules := rulesOf(string(f.Content[sourceignore.IgnoreFile]), sourceignore.IgnoreFile, nil)
	for _, name := range f.Names {
		if path.Base(name) == sourceignore.IgnoreFile {
			rules = append(rules, rulesOf(string(f.Content[name]), name, nil)...)
		}
	}
	return rules
}

// rulesOfSource are those of a source. They come after all others, and the last one that fits counts.
func rulesOfSource(o *manifest.Object) []ignoreRule { return rulesOf(o.Text("spec", "ignore"), "", o) }

// sourceOf is the GitRepository that a build comes from, also by an artifact, or nil: a person applies it, or the source is not in the tree.
func sourceOf(t *manifest.Tree, b *manifest.Build) *manifest.Object {
	if artifact, source := t.ArtifactOf(b.Owner); artifact != nil {
		return source
	}
	if b.Owner == nil || manifest.Field(b.Owner.Value("spec", "sourceRef"), "kind") != "GitRepository" {
		return nil
	}
	ref := b.Owner.Value("spec", "sourceRef")
	return t.Named(manifest.SourceGroup, "GitRepository", manifest.OrElse(manifest.Field(ref, "namespace"), b.Owner.Namespace()), manifest.Field(ref, "name"))
}

// leftOut is the first file of a build that is not in the artifact.
func leftOut(b *manifest.Build, files []string, source *manifest.Object, rules []ignoreRule) diag.List {
	for _, file := range files {
		if source != nil && sparse(source, file) {
			return diag.List{source.Problem("spec.sparseCheckout", "this leaves out "+file+", which "+b.Dir+" is built from", "name the folder "+strings.SplitN(file, "/", 2)[0])}
		}
		for _, rule := range slices.Backward(rules) {
			result := rule.Match(strings.Split(file, "/"), false)
			if result == gitignore.NoMatch {
				continue
			}
			if result == gitignore.Exclude {
				return diag.List{rule.problem(file, b.Dir)}
			}
			break
		}
	}
	return nil
}

// sparse reports whether a source fetches some folders only, and not that of a file.
func sparse(source *manifest.Object, file string) bool {
	dirs := source.Texts("spec", "sparseCheckout")
	return len(dirs) > 0 && !slices.ContainsFunc(dirs, func(dir string) bool {
		return strings.HasPrefix(file, strings.Trim(strings.TrimPrefix(dir, "./"), "/")+"/")
	})
}

func (r ignoreRule) problem(file, dir string) diag.Problem {
	message := fmt.Sprintf("%s leaves out %s, which %s is built from", strings.TrimSpace(r.text), file, dir)
	hint := "add a line !/" + strings.SplitN(file, "/", 2)[0] + "/ below"
	if r.source != nil {
		return r.source.Problem("spec.ignore", message, hint)
	}
	return diag.Problem{File: r.file, Line: r.line, Column: 1, Message: message, Hint: hint}
}
