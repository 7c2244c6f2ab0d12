package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/policy"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// Load reads the tree and builds every folder that Flux would apply: those that a person applies, flux/hub and
// flux/<environment>, and every folder that Kustomizations in them name.
func Load(repository fs.FS, crds *schema.Set) (*Tree, error) {
	read, err := readFiles(repository)
	if err != nil {
		return nil, err
	}
	if err := read.ignored(repository); err != nil {
		return nil, err
	}
	read.fleet() // the checks ask for it; to read it takes memory that the objects can have afterwards
	tree, err := load(read, crds, nil, nil)
	if err == nil && len(tree.Builds) == 0 && len(read.Roots()) == 0 {
		tree.problems = append(tree.problems, diag.Problem{
			File: "flux", Message: "there is nothing to verify here", Hint: "run gen clusters in the root of the repository first",
		})
	}
	if err == nil {
		tree.Repository = repository
		tree.ManagedACK, err = managesACK(repository)
	}
	return tree, err
}

// managesACK reports whether the CloudFormation template of the hub has AWS run ACK (AWS CloudFormation, AWS::EKS::Capability).
func managesACK(repository fs.FS) (bool, error) {
	template, err := fs.ReadFile(repository, "hub/hub.cfn.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("read the hub's template: %w", err)
	}
	return bytes.Contains(template, []byte("AWS::EKS::Capability")), nil
}

// load builds the folders that Flux would apply, or those of them that are wanted.
func load(read *Files, crds *schema.Set, wanted func(dir string) bool, cache *render.Cache) (tree *Tree, err error) {
	builder := render.New(read.Content, func(name string) bool { return name == layout.ClustersFile }, cache)
	defer func() { err = errors.Join(err, builder.Close()) }()
	tree = &Tree{
		CRDs: crds, Files: read, wanted: wanted, index: map[string][]*Object{}, kinds: map[string][]*Object{},
		byKind: map[apischema.GroupKind][]*Object{}, byHome: map[homeKind][]*Object{}, Broken: map[string]bool{}, unsure: map[*Object]bool{}, Places: map[string]policy.Place{},
	}
	tree.artifacts = sync.OnceValue(tree.allArtifacts)
	tree.Fleet = func() *config.Fleet { fleet, _ := read.fleet(); return fleet }
	tree.Faults = func() diag.List { _, faults := read.fleet(); return faults }
	for _, dir := range read.Roots() {
		if !slices.ContainsFunc(tree.Builds, func(b *Build) bool { return b.Dir == dir }) {
			tree.follow(builder, dir, nil)
		}
	}
	tree.order()
	tree.assign()
	return tree, tree.compare(builder)
}

// Roots are the folders to start from: the hub first, because it names the environments.
func (f *Files) Roots() []string {
	var hub, environments []string
	for _, name := range f.Names {
		dir, base := path.Split(name)
		parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
		switch {
		case len(parts) != 2 || parts[0] != "flux" || parts[1] == "base" || !IsKustomization(base):
		case parts[1] == "hub":
			hub = append(hub, "flux/hub")
		default:
			environments = append(environments, "flux/"+parts[1])
		}
	}
	return append(hub, environments...)
}

// follow builds a folder and all that its Kustomizations lead to.
func (t *Tree) follow(builder *render.Builder, dir string, owner *Object) {
	for up := owner; up != nil; up = up.Build.Owner {
		if up.Build.Dir == dir {
			t.problems = append(t.problems, owner.Problem("spec.path", fmt.Sprintf("%s delivers itself: %s applies it", owner, dir),
				"let a Kustomization apply a folder that it is not part of"))
			t.Broken[""] = true
			return
		}
	}
	b := &Build{Dir: dir, Owner: owner, place: placeOf(owner), Documents: sync.OnceValue(func() []Document { return t.Files.documents(dir) })}
	objects, problem := t.build(builder, b)
	if problem != nil {
		t.problems = append(t.problems, *problem)
		t.Broken[b.Place()] = true
		return
	}
	t.Builds = append(t.Builds, b)
	if owner != nil {
		b.Variables = t.variables(owner)
	}
	t.problems = append(t.problems, b.substitute(objects)...)
	for _, o := range b.Objects {
		t.enter(o)
		if _, known := t.Places[o.Name()]; !known && o.Place() == "" && o.Kind() == (apischema.GroupKind{Kind: "Namespace"}) {
			t.Places[o.Name()] = awsPlaceOf(o)
		}
	}
	for _, o := range b.Objects {
		if o.IsFlux() && o.Build.Owner.Local() && (t.wanted == nil || t.wanted(o.Path())) {
			t.follow(builder, o.Path(), o)
		}
		if owner := t.synced(o); owner != nil && (t.wanted == nil || t.wanted(owner.Path())) {
			t.follow(builder, owner.Path(), owner)
		}
	}
}

// Local reports whether a Kustomization acts where it is; what it puts into another cluster is not Flux's there.
func (o *Object) Local() bool { return o == nil || o.Destination() == o.Place() }

// Path is the folder that a Kustomization applies.
func (o *Object) Path() string { return path.Clean(strings.TrimPrefix(o.Text("spec", "path"), "/")) }
