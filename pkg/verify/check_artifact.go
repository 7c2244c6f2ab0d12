package verify

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"

	"eks-auto-gitops/pkg/diag"
)

// artifactCheck holds what a folder is built from to what Flux fetches.
func artifactCheck() Check {
	return Check{
		Name: "artifact",
		Doc:  "Whatever a folder is built from is in what Flux fetches: no .sourceignore and no ignore of a source leaves it out.",
		Why: "Flux builds from an artifact of the repository, not from the repository. A folder of patches that is left out " +
			"of it is there in every check and every review, and missing when Flux builds.",
		Run: func(t *Tree) diag.List {
			own := t.files.ignoreRules()
			rules := map[*Object][]ignoreRule{nil: own}
			var problems diag.List
			told := map[string]bool{}
			for _, b := range t.Builds {
				source := t.sourceOf(b)
				if _, ok := rules[source]; !ok {
					rules[source] = append(slices.Clone(own), source.ignoreRules()...)
				}
				for _, p := range t.leftOut(b, source, rules[source]) {
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
	source     *Object
}

// rulesOf reads patterns as Flux does (Flux, GitRepository API, Excluding files).
func rulesOf(content, file string, source *Object) []ignoreRule {
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
func (f *files) ignoreRules() []ignoreRule {
	rules := rulesOf(string(f.content[sourceignore.IgnoreFile]), sourceignore.IgnoreFile, nil)
	for _, name := range f.names {
		if path.Base(name) == sourceignore.IgnoreFile {
			rules = append(rules, rulesOf(string(f.content[name]), name, nil)...)
		}
	}
	return rules
}

// ignoreRules are those of a source. They come after all others, and the last one that fits counts.
func (o *Object) ignoreRules() []ignoreRule { return rulesOf(o.text("spec", "ignore"), "", o) }

// sourceOf is the GitRepository that a build comes from, or nil: a person applies it, or the source is not in the tree.
func (t *Tree) sourceOf(b *Build) *Object {
	if b.Owner == nil || field(b.Owner.value("spec", "sourceRef"), "kind") != "GitRepository" {
		return nil
	}
	ref := b.Owner.value("spec", "sourceRef")
	return t.named(sourceGroup, "GitRepository", orElse(field(ref, "namespace"), b.Owner.Namespace()), field(ref, "name"))
}

// leftOut is the first file of a build that is not in the artifact.
func (t *Tree) leftOut(b *Build, source *Object, rules []ignoreRule) diag.List {
	for _, file := range t.files.reached(b.Dir) {
		if source != nil && sparse(source, file) {
			return diag.List{source.problem("spec.sparseCheckout", "this leaves out "+file+", which "+b.Dir+" is built from", "name the folder "+strings.SplitN(file, "/", 2)[0])}
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

// sparse tells whether a source fetches some folders only, and not that of a file.
func sparse(source *Object, file string) bool {
	dirs := source.texts("spec", "sparseCheckout")
	return len(dirs) > 0 && !slices.ContainsFunc(dirs, func(dir string) bool {
		return strings.HasPrefix(file, strings.Trim(strings.TrimPrefix(dir, "./"), "/")+"/")
	})
}

func (r ignoreRule) problem(file, dir string) diag.Problem {
	message := fmt.Sprintf("%s leaves out %s, which %s is built from", strings.TrimSpace(r.text), file, dir)
	hint := "add a line !/" + strings.SplitN(file, "/", 2)[0] + "/ below"
	if r.source != nil {
		return r.source.problem("spec.ignore", message, hint)
	}
	return diag.Problem{File: r.file, Line: r.line, Column: 1, Message: message, Hint: hint}
}
