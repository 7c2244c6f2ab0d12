package instance_test

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/api/resource"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/instance"
)

// pool reads "KEY OPERATOR VALUE,VALUE" lines; a line with a single word and a quantity is a limit.
func pool(t *testing.T, text string) instance.Pool {
	t.Helper()
	p := instance.Pool{Region: "eu-west-2"}
	for line := range strings.SplitSeq(text, "; ") {
		words := strings.Fields(line)
		switch limit := len(words) == 2; {
		case limit && words[0] == "region":
			p.Region = words[1]
			continue
		case limit && words[0] != "region" && strings.ContainsAny(words[1], "0123456789"):
			q := resource.MustParse(words[1])
			switch words[0] {
			case "cpu":
				p.CPU = &q
			case "memory":
				p.Memory = &q
			default:
				p.Devices = map[string]resource.Quantity{words[0]: q}
			}
			continue
		}
		r := instance.Requirement{Key: words[0], Operator: words[1]}
		if !strings.Contains(r.Key, "/") {
			r.Key = "eks.amazonaws.com/instance-" + r.Key
		}
		if len(words) > 2 {
			r.Values = strings.Split(words[2], ",")
		}
		if len(words) > 3 {
			fmt.Sscan(words[3], &r.MinValues) //nolint:errcheck // 0 fails the test
		}
		p.Requirements = append(p.Requirements, r)
	}
	return p
}

// TestFaults has pools that never launch a node, with the exact message in testdata, and beside each a sound one of its kind.
func TestFaults(t *testing.T) {
	table, err := instance.Load()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, line := range pools() {
		fmt.Fprintln(&got, line)
		for _, f := range table.Faults(pool(t, line)) {
			fmt.Fprintf(&got, "\t%s\n\thint: %s\n\trequirements %v, limit %q, unsure %v\n", f.Text, f.Hint, f.Requirements, f.Limit, f.Unsure)
		}
	}
	golden.Compare(t, "testdata/faults", map[string][]byte{"faults.txt": []byte(got.String())})
}

func pools() []string {
	return []string{
		"kubernetes.io/arch In amd64; family In m7g,c7g",
		"kubernetes.io/arch In arm64; family In m7g,m7i",
		"kubernetes.io/arch In arm64; family In m99z",
		"kubernetes.io/arch In amd64; category In g; family In g5g",
		"category In c; family In m5,m6i",
		"cpu In 4,8; size In large",
		"size In xlarge; cpu In 4",
		"kubernetes.io/arch DoesNotExist",
		"gpu-count DoesNotExist; category In g,p",
		"gpu-count Exists; category In g,p",
		"gpu-name NotIn t4; category In m",
		"category In m; gpu-count Gt 0",
		"generation Gt 20",
		"generation Gt 4",
		"memory Lt 64",
		"memory In 16",
		"memory Gt 16",
		"topology.kubernetes.io/region In us-east-1",
		"topology.kubernetes.io/region In eu-west-2",
		"topology.kubernetes.io/zone In us-east-1a,eu-west-2a",
		"topology.kubernetes.io/zone In us-east-1a",
		"node.kubernetes.io/instance-type In m5.large; cpu 1",
		"node.kubernetes.io/instance-type In m5.large; cpu 2; memory 4Gi",
		"node.kubernetes.io/instance-type In m5.large; cpu 2; memory 8Gi",
		"category In p; cpu 4",
		"cpu Gt 7; memory 8Gi",
		"family In p4de; region eu-west-3",
		"family In m5; region eu-west-3",
		"family In m9g; region eu-west-3",
		"family In m5; region xx-west-3",
		"family In m5,m6i 3",
		"family In m5,m6i,c5; category In m 3",
		"example.org/team In a; family In m5",
		"local-nvme Gt 100; category In t",
		"capability-flex In true; category In m",
		"encryption-in-transit-supported In false; family In m7g",
		"cpu-manufacturer In intel; kubernetes.io/arch In arm64",
		"family In m1,c3",
		"family In m1,c4",
		"size In small",
		"category In a",
		"family In p5; nvidia.com/gpu 4",
		"family In p5,g6; nvidia.com/gpu 4",
		"family In p5,g6; cpu 256; nvidia.com/gpu 0",
		"family In g4ad; nvidia.com/gpu 0",
		"family In g4ad; amd.com/gpu 0",
		"family In trn1; size In 32xlarge; aws.amazon.com/neuron 8",
		"family In p5; example.org/device 0",
		"family In p5; cpu 4; nvidia.com/gpu 4",
	}
}
