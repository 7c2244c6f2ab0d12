// Command actions writes the IAM actions that gen verify knows: pkg/policy/actions.txt.gz.
//
// In: the services in services.go and their AWS SDK modules, pinned in go.mod; only the names of their files are
// read. Out: one gzip file whose bytes depend on them alone, a line for each service:
//
//	elasticfilesystem efs: CreateAccessPoint CreateFileSystem …
//
// First the prefix in IAM, then the names of the packages where they are others, then the operations of the API.
// Which of them are called otherwise in IAM, pkg/policy/permissions.txt says.
// Run it in tools/, as `task actions` does.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	list   = "actions/services.go"
	target = "../pkg/policy/actions.txt.gz"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "actions:", err)
		os.Exit(1)
	}
}

func run() error {
	modules, err := read(list)
	if err != nil {
		return err
	}
	services := map[string]*service{}
	for _, m := range modules {
		operations, err := m.operations()
		if err != nil {
			return err
		}
		s := services[m.prefix]
		if s == nil {
			s = &service{}
			services[m.prefix] = s
		}
		if name := path.Base(m.path); name != m.prefix {
			s.packages = append(s.packages, name)
		}
		s.operations = append(s.operations, operations...)
	}
	return write(services, target)
}

// service is what has one prefix in IAM, which may be more than one package.
type service struct{ packages, operations []string }

// module is one package of the SDK, which is a module too.
type module struct{ path, prefix string }

// read returns the services of the list.
func read(file string) ([]module, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("read the list of services: %w", err)
	}
	var modules []module
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("read the list of services: %w", err)
		}
		prefix := strings.TrimSpace(spec.Comment.Text())
		if prefix == "" {
			prefix = path.Base(name)
		}
		modules = append(modules, module{name, prefix})
	}
	return modules, nil
}

// operations are the operations of a module: it has a file for each.
func (m module) operations() ([]string, error) {
	answer, err := exec.Command("go", "mod", "download", "-json", m.path).Output()
	if err != nil {
		return nil, fmt.Errorf("download %s: %w", m.path, err)
	}
	where := struct{ Dir string }{}
	if err := json.Unmarshal(answer, &where); err != nil {
		return nil, fmt.Errorf("download %s: %w", m.path, err)
	}
	files, err := filepath.Glob(filepath.Join(where.Dir, "api_op_*.go"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s has no operations", m.path)
	}
	var operations []string
	for _, file := range files {
		if name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "api_op_"), ".go"); !strings.HasSuffix(name, "_test") {
			operations = append(operations, name)
		}
	}
	return operations, nil
}

// write sorts and compresses. A gzip header without a time and a name makes the bytes the same every time.
func write(services map[string]*service, file string) error {
	var text bytes.Buffer
	count := 0
	for _, prefix := range slices.Sorted(maps.Keys(services)) {
		s := services[prefix]
		slices.Sort(s.operations)
		s.operations = slices.Compact(s.operations)
		count += len(s.operations)
		fmt.Fprintf(&text, "%s: %s\n", strings.Join(append([]string{prefix}, s.packages...), " "), strings.Join(s.operations, " "))
	}
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	if _, err := writer.Write(text.Bytes()); err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	if err := writer.Close(); err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d services, %d operations, %d bytes, %d packed\n", file, len(services), count, text.Len(), packed.Len())
	if err := os.WriteFile(file, packed.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the actions: %w", err)
	}
	return nil
}
