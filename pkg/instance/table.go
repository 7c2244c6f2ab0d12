// Package instance knows the EC2 instance types as Karpenter sees them, and says whether a node pool can ever launch one.
//
// In: the requirements and limits of a pool and the region of its cluster. Out: why no type is left, and what to write.
// The table has a date: what it does not know is never called wrong.
package instance

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // for the table of types
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// packed is written by `task instances`: its sources, labels and regions, then a line for each type.
//
//go:embed types.txt.gz
var packed []byte

// The labels of which more is known than their values.
const (
	labelArch       = "kubernetes.io/arch"
	labelCategory   = "eks.amazonaws.com/instance-category"
	labelCPU        = "eks.amazonaws.com/instance-cpu"
	labelFamily     = "eks.amazonaws.com/instance-family"
	labelGeneration = "eks.amazonaws.com/instance-generation"
	labelMemory     = "eks.amazonaws.com/instance-memory"
	labelSize       = "eks.amazonaws.com/instance-size"
	labelType       = "node.kubernetes.io/instance-type"
	labelRegion     = "topology.kubernetes.io/region"
	labelZone       = "topology.kubernetes.io/zone"
)

// nameLabels are the labels whose values grow with time.
func nameLabels() []string { return []string{labelType, labelFamily, labelGeneration, labelSize} }

// Table has the instance types that Auto Mode may launch, and what has been asked of it. It is not for concurrent use.
type Table struct {
	// Version is the release of Karpenter whose table this is, such as "Karpenter v1.14.1".
	Version string
	// OfferedOn is the day of what is known about regions, such as 2025-05-28.
	OfferedOn string
	labels    map[string]int // label → column
	regions   map[string]int // region → bit
	types     []kind
	named     map[string]bool // every type, family, size and generation that there is
	answers   map[string][]Fault
}

// kind is an instance type: the values of its labels by column, "-" where it lacks one, and where it was offered.
type kind struct {
	values  []string
	cpu     int64
	memory  int64 // MiB
	offered *big.Int
}

// Load unpacks the table that is built in.
func Load() (*Table, error) {
	stream, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the instance types: %w", err)
	}
	text, err := io.ReadAll(stream)
	if err != nil {
		return nil, fmt.Errorf("unpack the instance types: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	var head [4]string
	for i := range head {
		lines.Scan()
		head[i] = lines.Text()
	}
	t := &Table{
		Version: head[0], OfferedOn: head[1], labels: columns(head[2]), regions: columns(head[3]), answers: map[string][]Fault{}, named: map[string]bool{},
	}
	for lines.Scan() {
		if err := t.add(lines.Text()); err != nil {
			return nil, fmt.Errorf("read the instance types: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the instance types: %w", err)
	}
	return t, nil
}

func columns(line string) map[string]int {
	all := map[string]int{}
	for i, word := range strings.Fields(line) {
		all[word] = i
	}
	return all
}

// Categories are the instance categories of Auto Mode (Amazon EKS User Guide, "Learn about Amazon EKS Auto Mode managed
// instances", supported instance reference).
func Categories() []string {
	return []string{"c", "d", "g", "gr", "hpc", "i", "im", "inf", "is", "m", "p", "r", "t", "trn", "x", "z"}
}

// retired are families of those categories that Auto Mode does not have, as they are of generations before (same page).
func retired() []string { return strings.Fields("c1 c3 d2 g2 g3 g3s i2 m1 m2 m3 p2 r3 t1 x1 x1e") }

// launches reports whether Auto Mode may launch a type: more than one vCPU, no size nano, micro or small (Amazon EKS User
// Guide, "Create a node pool for EKS Auto Mode"), and of a family that it has.
func (t *Table) launches(k kind) bool {
	of := func(label string) string { return k.values[t.labels[label]] }
	return k.cpu > 1 && !slices.Contains([]string{"nano", "micro", "small"}, of(labelSize)) &&
		slices.Contains(Categories(), of(labelCategory)) && !slices.Contains(retired(), of(labelFamily))
}

// add reads the line of a type.
func (t *Table) add(line string) error {
	cells := strings.Split(line, "\t")
	if len(cells) != len(t.labels)+2 {
		return fmt.Errorf("%q has %d cells", line, len(cells))
	}
	k := kind{values: cells[1 : len(cells)-1]}
	var cpuErr, memoryErr error
	k.cpu, cpuErr = strconv.ParseInt(k.values[t.labels[labelCPU]], 10, 64)
	k.memory, memoryErr = strconv.ParseInt(k.values[t.labels[labelMemory]], 10, 64)
	if err := errors.Join(cpuErr, memoryErr); err != nil {
		return fmt.Errorf("%q: %w", line, err)
	}
	offered, ok := new(big.Int).SetString(cells[len(cells)-1], 16)
	if !ok {
		return fmt.Errorf("%q: regions are no number", line)
	}
	k.offered = offered
	for _, label := range nameLabels() {
		t.named[k.values[t.labels[label]]] = true
	}
	if t.launches(k) {
		t.types = append(t.types, k)
	}
	return nil
}
