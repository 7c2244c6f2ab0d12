package manifest

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// An Artifact is an ExternalArtifact that a generator in the tree makes of the repository.
type Artifact struct {
	Generator *Object
	Name      string
	// Copies are what it is copied from, and the fields that say so.
	Copies []Copy
}

// A Copy is one of the copies of an artifact, with what the path pattern captured put in.
type Copy struct {
	Field, Alias, From, To string
	// Other is set where the copy has exclude or a strategy.
	Other bool
}

// ArtifactKind is what Kustomizations refer to, GeneratorKind what makes it (Flux, ArtifactGenerator API).
func ArtifactKind() apischema.GroupKind {
	return apischema.GroupKind{Group: SourceGroup, Kind: "ExternalArtifact"}
}

// GeneratorKind is the kind that makes artifacts.
func GeneratorKind() apischema.GroupKind {
	return apischema.GroupKind{Group: ExtensionsGroup, Kind: "ArtifactGenerator"}
}

// Artifacts are those that a generator makes of the files of the tree: one for each folder that its path pattern fits
// (fluxcd/source-watcher, internal/controller: buildArtifactRequests).
func (t *Tree) Artifacts(generator *Object) []*Artifact {
	_, pattern, _ := strings.Cut(generator.Text("spec", "pathPattern"), "/")
	if pattern == "" {
		return generator.artifacts(map[string]string{})
	}
	captures := regexp.MustCompile(`\\\{(\w+)\\\}`)
	fits, err := regexp.Compile("^" + captures.ReplaceAllString(regexp.QuoteMeta(pattern), `(?P<$1>[^/]+)`) + "$")
	if err != nil {
		return nil
	}
	var all []*Artifact
	for _, dir := range t.Files.dirs() {
		match := fits.FindStringSubmatch(dir)
		if match == nil {
			continue
		}
		captured := map[string]string{}
		for i, name := range fits.SubexpNames() {
			captured[name] = match[i]
		}
		all = append(all, generator.artifacts(captured)...)
	}
	return all
}

// artifacts are those of one folder. Names have what is captured in lower case.
func (o *Object) artifacts(captured map[string]string) []*Artifact {
	fill := func(text string) string {
		for name, value := range captured {
			text = strings.ReplaceAll(text, "{"+name+"}", value)
		}
		return text
	}
	var all []*Artifact
	for i, item := range o.List("spec", "artifacts") {
		fields, _ := item.(map[string]any)
		made := &Artifact{Generator: o, Name: strings.ToLower(fill(Field(item, "name")))}
		copies, _ := fields["copy"].([]any)
		for j, c := range copies {
			more, _ := c.(map[string]any)
			alias, from, _ := strings.Cut(strings.TrimPrefix(Field(c, "from"), "@"), "/")
			made.Copies = append(made.Copies, Copy{
				Field: fmt.Sprintf("spec.artifacts[%d].copy[%d].from", i, j), Alias: alias, From: fill(from), To: fill(Field(c, "to")),
				Other: more["exclude"] != nil || !slices.Contains([]string{"", "Overwrite"}, Field(c, "strategy")),
			})
		}
		all = append(all, made)
	}
	return all
}

// allArtifacts are those of all generators on the hub, by namespace and name; of two that are called the same the first.
func (t *Tree) allArtifacts() map[string]*Artifact {
	all := map[string]*Artifact{}
	for _, generator := range t.byKind[GeneratorKind()] {
		if generator.Place() != "" {
			continue
		}
		for _, a := range t.Artifacts(generator) {
			if name := generator.Namespace() + "/" + a.Name; all[name] == nil {
				all[name] = a
			}
		}
	}
	return all
}

// ArtifactOf is the artifact that a Kustomization gets its folder from, and the GitRepository or the like that this is made of; nil where
// it refers to something else, or to what is not in the tree. Of an artifact without generator the source is nil.
func (t *Tree) ArtifactOf(owner *Object) (*Artifact, *Object) {
	if owner == nil || Field(owner.Value("spec", "sourceRef"), "kind") != ArtifactKind().Kind {
		return nil, nil
	}
	ref := owner.Value("spec", "sourceRef")
	made := t.artifacts()[OrElse(Field(ref, "namespace"), owner.Namespace())+"/"+Field(ref, "name")]
	if made == nil {
		return nil, nil
	}
	return made, t.sourceOf(made)
}

// sourceOf is the source of the files of an artifact, if it has one.
func (t *Tree) sourceOf(a *Artifact) *Object {
	for _, item := range a.Generator.List("spec", "sources") {
		if len(a.Copies) > 0 && Field(item, "alias") == a.Copies[0].Alias {
			return t.Named(SourceGroup, Field(item, "kind"), OrElse(Field(item, "namespace"), a.Generator.Namespace()), Field(item, "name"))
		}
	}
	return nil
}

// Keeps reports whether a copy leaves files at the paths that they have in the repository: only then is a folder in the artifact the one
// that gen builds (fluxcd/source-watcher, internal/builder: calculateGlobDestination, applySingleDirectoryCopy, applySingleFileCopy).
func (c Copy) Keeps() bool {
	to := path.Clean(strings.TrimPrefix(c.To, "@artifact/"))
	folder, contents := strings.CutSuffix(c.From, "/**")
	switch {
	case c.Other:
		return false
	case contents:
		return to == folder
	case strings.ContainsAny(c.From, "*?[]"):
		return to == "."
	default:
		return to == path.Dir(path.Clean(c.From)) && strings.HasSuffix(c.To, "/") || to == path.Clean(c.From)
	}
}

// Has reports whether a file is copied: it fits the pattern, or is in a folder that does.
func (c Copy) Has(file string) bool {
	pattern := path.Clean(c.From)
	parts, n := strings.Split(file, "/"), strings.Count(pattern, "/")+1
	if len(parts) < n {
		return false
	}
	ok, err := path.Match(pattern, strings.Join(parts[:n], "/"))
	return ok && err == nil
}

// Has reports whether a file is in the artifact.
func (a *Artifact) Has(file string) bool {
	return slices.ContainsFunc(a.Copies, func(c Copy) bool { return c.Has(file) })
}

// MadeOf reports whether one of the files is in the artifact.
func (a *Artifact) MadeOf(files *Files) bool {
	return slices.ContainsFunc(a.Copies, func(c Copy) bool { return files.Fit(c.From) })
}

// NamesOnly are files of which nothing but the names is known.
func NamesOnly(names map[string]bool) *Files {
	files := newFiles()
	files.Names = slices.Sorted(maps.Keys(names))
	for _, name := range files.Names {
		files.Content[name] = nil
	}
	return files
}
