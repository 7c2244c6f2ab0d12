package cost_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/cost"
)

// TestOverride: a file replaces what it has, and an instance type that only it knows can be asked for.
func TestOverride(t *testing.T) {
	opts := options(t)
	if problems := opts.Prices.Override("prices.yaml", []byte(`
rates: {controlPlaneHour: 0.2}
regions:
  eu-west-2: {natGatewayHour: 0.06}
instances:
  eu-west-2: {m5a.xlarge: 0.1, m9x.xlarge: 0.5}
autoModeFees:
  eu-west-2: {m9x.xlarge: 0.03}
autoModeShare: {default: 0.1}
`)); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, text := range []string{"1xm5a.xlarge", "1xm9x.xlarge"} {
		n, err := cost.ParseNodes(text, opts.Types, opts.Prices)
		if err != nil {
			t.Fatal(err)
		}
		opts.Nodes = append(opts.Nodes, n)
	}
	r := cost.Estimate(fleet(t, "eu-west-2", `    version: "1.36"`), all, opts)
	var got []string
	for _, item := range r.Clusters[0].Items {
		got = append(got, item.Name+" "+item.Month.String()+" "+item.Note)
	}
	want := `control plane 146.00 1.36, standard support until 2027-08-02
EC2 m5a.xlarge 73.00 on demand
Auto Mode m5a.xlarge 7.30 10 % of the on-demand price
EC2 m9x.xlarge 365.00 on demand
Auto Mode m9x.xlarge 21.90 given in --prices`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestOverrideProblems: each fault of a file, with its place and what to do.
func TestOverrideProblems(t *testing.T) {
	for source, want := range map[string]string{
		"":                                `prices.yaml:1:1: the file is empty` + "\n  hint: write rates, regions or instances with prices, as docs/cost.md says",
		"- 1":                             `prices.yaml:1:1: this is no mapping` + "\n  | - 1\n  | ^\n  hint: write names and prices, such as natGatewayHour: 0.05",
		"rates: {a: [":                    `prices.yaml:2:1: not valid YAML: did not find expected node content` + "\n  hint: check the indentation and the quotes here",
		"regoins: {}":                     `prices.yaml:1:1: regoins: unknown price` + "\n  | regoins: {}\n  | ^\n  hint: did you mean \"regions\"?",
		"rates: {natGatewayHours: 1}":     `prices.yaml:1:9: rates.natGatewayHours: unknown price` + "\n  | rates: {natGatewayHours: 1}\n  |         ^\n  hint: did you mean \"natGatewayHour\"?",
		"rates: {x: 1}":                   `prices.yaml:1:9: rates.x: unknown price` + "\n  | rates: {x: 1}\n  |         ^\n  hint: one of controlPlaneHour, extendedSupportHour, tierXLHour, tier2XLHour, tier4XLHour, tier8XLHour, natGatewayHour, interfaceEndpointHour, publicIPv4Hour, kmsKeyMonth, logIngestionGB, hostedZoneMonth",
		"rates: {kmsKeyMonth: $1}":        `prices.yaml:1:22: rates.kmsKeyMonth: "$1" is no price` + "\n  | rates: {kmsKeyMonth: $1}\n  |                      ^\n  hint: write USD as a number, such as 0.05",
		"rates: {kmsKeyMonth: -1}":        `prices.yaml:1:22: rates.kmsKeyMonth: "-1" is no price` + "\n  | rates: {kmsKeyMonth: -1}\n  |                      ^\n  hint: write USD as a number, such as 0.05",
		"rates: {kmsKeyMonth: .nan}":      `prices.yaml:1:22: rates.kmsKeyMonth: ".nan" is no price` + "\n  | rates: {kmsKeyMonth: .nan}\n  |                      ^\n  hint: write USD as a number, such as 0.05",
		"rates: {}\nrates: {}":            `prices.yaml:2:1: rates: this is here twice` + "\n  | rates: {}\n  | ^\n  hint: leave one of them",
		"regions: {london: {}}":           `prices.yaml:1:11: regions: "london" is not an AWS region` + "\n  | regions: {london: {}}\n  |           ^\n  hint: write one such as eu-west-2",
		"instances: {eu-west-2: {m5: 1}}": `prices.yaml:1:25: instances.eu-west-2: "m5" is not an instance type` + "\n  | instances: {eu-west-2: {m5: 1}}\n  |                         ^\n  hint: write family and size, such as m7g.xlarge",
		"autoModeShare: {g5: 0.1}":        `prices.yaml:1:17: autoModeShare: "g5" is not an instance category` + "\n  | autoModeShare: {g5: 0.1}\n  |                 ^\n  hint: write the letters that its types begin with, such as g, or default",
	} {
		problems := options(t).Prices.Override("prices.yaml", []byte(source))
		var text strings.Builder
		if err := problems.Print(&text); err != nil || strings.TrimSpace(text.String()) != want {
			t.Errorf("%q:\ngot  %s\nwant %s", source, &text, want)
		}
	}
}

// TestNodesProblems: each mix of nodes that cannot be.
func TestNodesProblems(t *testing.T) {
	opts := options(t)
	for text, want := range map[string]string{
		"m5a.xlarge":     `--nodes "m5a.xlarge": write number and type, such as 3xm5a.xlarge, or dev-1=3xm5a.xlarge for one cluster`,
		"0xm5a.xlarge":   `--nodes "0xm5a.xlarge": write a number from 1 to 100000`,
		"3xm5a.xlagre":   `--nodes "3xm5a.xlagre": Auto Mode launches no m5a.xlagre that this gen knows; did you mean m5a.xlarge?`,
		"3xabcdefgh.foo": `--nodes "3xabcdefgh.foo": Auto Mode launches no abcdefgh.foo that this gen knows; if it is newer, give its price in --prices`,
	} {
		if _, err := cost.ParseNodes(text, opts.Types, opts.Prices); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// TestLimits: no mix of nodes within the limits of a pool costs more than what is said, and one costs nearly as much.
func TestLimits(t *testing.T) {
	for _, limits := range []struct{ cpu, memory int64 }{{24, 100}, {96, 200}, {200, 401}, {16, 128}, {500, 64}, {48, 4000}} {
		f := fleet(t, "eu-west-2", fmt.Sprintf(`    version: "1.36"
    nodes:
      classes: [{name: standard}]
      pools: [{name: compute, class: standard, instanceTypes: [c5.xlarge, r5.large, m5.2xlarge, z1d.large], limits: {cpu: %d, memory: %dGi}}]`, limits.cpu, limits.memory))
		opts := options(t)
		opts.Limits = true
		items := cost.Estimate(f, all, opts).Clusters[0].Items
		most := float64(*items[len(items)-1].Month) / 100 / 730
		types := opts.Types.Admitted(f.Clusters[0].Nodes.Pools[0].InstanceRequirements())
		if len(types) != 4 {
			t.Fatalf("the pool admits %v", types)
		}
		best := 0.0
		var mix func(i int, cpu, memory int64, usd float64)
		mix = func(i int, cpu, memory int64, usd float64) {
			best = max(best, usd)
			if i == len(types) {
				return
			}
			price := opts.Prices.Instances["eu-west-2"][types[i].Name]
			for n := int64(0); n*types[i].CPU <= cpu && n*types[i].Memory <= memory; n++ {
				mix(i+1, cpu-n*types[i].CPU, memory-n*types[i].Memory, usd+float64(n)*price*1.12)
			}
		}
		mix(0, limits.cpu, limits.memory*1024, 0)
		if best > most+0.001 || best < most*0.9 {
			t.Errorf("%v: the dearest mix costs %.4f an hour, and it says at most %.4f", limits, best, most)
		}
	}
}

// TestStaticPool: a static pool has as many nodes as it says, of the dearest type at most, whatever its limits allow besides.
func TestStaticPool(t *testing.T) {
	f := fleet(t, "eu-west-2", `    version: "1.36"
    nodes:
      classes: [{name: standard}]
      pools: [{name: fixed, class: standard, instanceTypes: [c5.xlarge, m5.2xlarge], replicas: 2, limits: {nodes: 5}}]`)
	opts := options(t)
	opts.Limits = true
	items := cost.Estimate(f, all, opts).Clusters[0].Items
	got := items[len(items)-1]
	hour := opts.Prices.Instances["eu-west-2"]["m5.2xlarge"] * 1.12
	if want := 2 * hour * 730; got.Month == nil || math.Abs(float64(*got.Month)/100-want) > 0.02 {
		t.Errorf("got %v, want %.2f", got.Month, want)
	}
	if !strings.HasSuffix(got.Note, "replicas 2 of m5.2xlarge") {
		t.Errorf("the note is %q", got.Note)
	}
}

// TestDocs: the example of docs/cost.md is a file with prices.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "cost.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	if problems := options(t).Prices.Override("docs/cost.md", []byte(example)); example == "" || len(problems) > 0 {
		t.Errorf("%q: %v", example, problems)
	}
}
