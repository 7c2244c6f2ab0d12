// Command schemas writes the CRDs that gen verify knows: pkg/schema/crds.yaml.gz.
//
// In: modules pinned in go.mod, and this project's own types. Out: one gzip file whose bytes depend on them alone.
// Run it in tools/, as `task schemas` does.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

const (
	root   = ".."
	target = "pkg/schema/crds.yaml.gz"
	// karpenter is the version whose API EKS Auto Mode serves (pkg/karpenter says the same).
	karpenter = "sigs.k8s.io/karpenter@v1.14.1"
	// autoMode is the group of the kinds that EKS adds to Karpenter's.
	autoMode = "eks.amazonaws.com"
)

// holders are the modules that hold their CRDs as files.
func holders() map[string]string {
	const bases = "config/crd/bases"
	return map[string]string{
		"github.com/aws-controllers-k8s/ec2-controller": bases,
		"github.com/aws-controllers-k8s/iam-controller": bases,
		"github.com/aws-controllers-k8s/kms-controller": bases,
		"github.com/aws-controllers-k8s/runtime":        bases,
	}
}

// typed are the packages whose CRDs are made from their types.
func typed() []string {
	return []string{
		"github.com/fluxcd/helm-controller/api/v2",
		"github.com/fluxcd/kustomize-controller/api/v1",
		"github.com/fluxcd/notification-controller/api/v1beta3",
		"github.com/fluxcd/source-controller/api/v1",
		"github.com/fluxcd/source-watcher/api/v2/v1beta1",
		"./pkg/ack/apis/acm/v1alpha1",
		"./pkg/ack/apis/cloudwatchlogs/v1alpha1",
		"./pkg/ack/apis/eks/v1alpha1",
		"./pkg/ack/apis/route53/v1alpha1",
		"./pkg/karpenter",
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}

func run() error {
	crds := set{}
	for _, pkg := range typed() {
		if err := crds.generate(pkg); err != nil {
			return err
		}
	}
	for module, dir := range holders() {
		if err := crds.module([]string{"list", "-m", "-json", module}, dir); err != nil {
			return err
		}
	}
	// Karpenter's own CRDs come last: they have rules that our types of the same kind leave to them.
	if err := crds.module([]string{"mod", "download", "-json", karpenter}, "pkg/apis/crds"); err != nil {
		return err
	}
	return crds.write(filepath.Join(root, target))
}

// set holds CRDs by name.
type set map[string]map[string]any

// module adds the CRDs of a module; args ask the go command where it is.
func (s set) module(args []string, dir string) error {
	answer, err := command("go", args...)
	if err != nil {
		return err
	}
	module := struct{ Dir string }{}
	if err := json.Unmarshal(answer, &module); err != nil {
		return fmt.Errorf("read the answer of go %s: %w", strings.Join(args, " "), err)
	}
	files, err := filepath.Glob(filepath.Join(module.Dir, dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no CRDs in %s of %s: %w", dir, args[len(args)-1], errors.Join(err, os.ErrNotExist))
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := s.add(content, ""); err != nil {
			return fmt.Errorf("read %s: %w", file, err)
		}
	}
	return nil
}

// generate adds the CRDs that controller-gen makes of a package's types.
func (s set) generate(pkg string) error {
	made, err := command("go", "tool", "-modfile=tools/go.mod", "controller-gen", "crd:maxDescLen=0", "paths="+pkg, "output:crd:stdout")
	if err != nil {
		return err
	}
	group := ""
	if pkg == "./pkg/karpenter" {
		group = autoMode // the package has two groups, so its comments name none
	}
	for _, document := range bytes.Split(made, []byte("\n---\n")) {
		if err := s.add(document, group); err != nil {
			return fmt.Errorf("read what is made of %s: %w", pkg, err)
		}
	}
	return nil
}

// add keeps a CRD without what validation does not need.
func (s set) add(document []byte, group string) error {
	crd := map[string]any{}
	if err := yaml.Unmarshal(document, &crd); err != nil {
		return err
	}
	spec, ok := crd["spec"].(map[string]any)
	if !ok || crd["kind"] != "CustomResourceDefinition" {
		return nil
	}
	names, _ := spec["names"].(map[string]any)
	if group != "" {
		place(spec, group)
	}
	if leaveOut(spec["group"], names["kind"]) {
		return nil
	}
	strip(spec, false)
	name := fmt.Sprintf("%v.%v", names["plural"], spec["group"])
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") {
		return fmt.Errorf("the CRD of %v has no group or no plural", names["kind"])
	}
	crd["metadata"] = map[string]any{"name": name}
	delete(crd, "status")
	s[name] = crd
	return nil
}

// place gives a CRD the group and the version that its package does not have for controller-gen.
func place(spec map[string]any, group string) {
	spec["group"] = group
	versions, _ := spec["versions"].([]any)
	for _, v := range versions {
		if version, ok := v.(map[string]any); ok {
			version["name"] = "v1"
		}
	}
}

// leaveOut reports whether a kind is not served by EKS: our NodePool under the group of its neighbours, and what
// Karpenter's module holds of others.
func leaveOut(group, kind any) bool {
	return group == autoMode && kind == "NodePool" || group == "autoscaling.x-k8s.io"
}

// strip removes descriptions; a property may be called description, and then it is a map of its own.
func strip(value any, properties bool) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["description"].(string); ok && !properties {
			delete(v, "description")
		}
		for key, inner := range v {
			strip(inner, key == "properties" && !properties)
		}
	case []any:
		for _, inner := range v {
			strip(inner, false)
		}
	}
}

// write sorts and compresses. A gzip header without a time and a name makes the bytes the same every time.
func (s set) write(file string) error {
	var text bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(s)) {
		line, err := json.Marshal(s[name]) // JSON is YAML that is read ten times faster
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "---\n%s\n", line)
	}
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := writer.Write(text.Bytes()); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d CRDs, %d bytes, %d packed\n", target, len(s), text.Len(), packed.Len())
	return os.WriteFile(file, packed.Bytes(), 0o644)
}

// command runs a program in the root of the repository.
func command(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return out, nil
}
