package render

import (
	"encoding/json"
	"fmt"
	"strings"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
)

// kustomize runs plain kustomize build with its default restrictions.
func (b *Builder) kustomize(dir string) ([]Object, error) {
	d := b.disk()
	made, err := guarded(func() (resmap.ResMap, error) {
		return krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(d, "/"+dir)
	})
	if err != nil {
		return nil, fmt.Errorf("kustomize build %s: %w", dir, err)
	}
	return objects(made)
}

// guarded turns a panic into an error: kustomize has some for input that it does not expect.
func guarded(run func() (resmap.ResMap, error)) (made resmap.ResMap, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("kustomize panics: %v", cause)
		}
	}()
	return run()
}

// objects are what kustomize made, in the types of JSON.
func objects(made resmap.ResMap) ([]Object, error) {
	var all []Object
	for _, one := range made.Resources() {
		raw, err := one.MarshalJSON()
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", one.CurId(), err)
		}
		content := map[string]any{}
		if err := utiljson.Unmarshal(json.RawMessage(raw), &content); err != nil {
			return nil, fmt.Errorf("decode %s: %w", one.CurId(), err)
		}
		all = append(all, Object{Content: content, Dollar: strings.Contains(string(raw), "${")})
	}
	return all, nil
}
