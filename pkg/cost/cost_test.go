package cost_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/cost"
	"eks-auto-gitops/pkg/instance"
)

func at(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}

func options(t *testing.T, nodes ...string) cost.Options {
	t.Helper()
	prices, err := cost.Load()
	if err != nil {
		t.Fatal(err)
	}
	types, err := instance.Load()
	if err != nil {
		t.Fatal(err)
	}
	opts := cost.Options{Prices: prices, Types: types, At: at("2026-11-27"), LogGB: 10}
	for _, text := range nodes {
		n, err := cost.ParseNodes(text, types, prices)
		if err != nil {
			t.Fatal(err)
		}
		opts.Nodes = append(opts.Nodes, n)
	}
	return opts
}

func all(string, string) bool { return true }

// fleet is the shortest one, with more fields of its cluster.
func fleet(t *testing.T, region, more string) *config.Fleet {
	t.Helper()
	partition, hub := "aws", "eu-west-2"
	if strings.HasPrefix(region, "us-gov") {
		partition, hub = "aws-us-gov", region
	}
	f, problems := config.Load("clusters.yaml", []byte(`apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
hub: {accountID: "777788889999", oidcIssuer: "https://oidc.eks.`+hub+`.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"}
environments:
  - name: dev
    branch: dev
    accountID: "111122223333"
    region: `+region+`
    endpoint: {public: true, private: true, publicCIDRs: [203.0.113.0/24]}
    admins: ["arn:`+partition+`:iam::111122223333:role/human-ops"]
clusters:
  - name: dev-1
    environment: dev
    network: {vpcID: vpc-0abcdef1234567890, privateSubnetIDs: [subnet-0aaaaaaaaaaaaaaaa, subnet-0bbbbbbbbbbbbbbbb]}
`+more))
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return f
}

// TestPublishedExample is AWS's own (Amazon EKS pricing, EKS Auto Mode, three m5a.xlarge in N. Virginia for a month):
// $73 for the cluster, $376.68 for EC2, $45.20 for Auto Mode, $494.88 in all.
func TestPublishedExample(t *testing.T) {
	r := cost.Estimate(fleet(t, "us-east-1", `    version: "1.36"`), all, options(t, "3xm5a.xlarge"))
	var amounts []string
	for _, item := range r.Clusters[0].Items {
		amounts = append(amounts, item.Name+" "+item.Month.String())
	}
	if got, want := strings.Join(amounts, ", "), "control plane 73.00, EC2 m5a.xlarge 376.68, Auto Mode m5a.xlarge 45.20"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if r.Fleet.String() != "494.88" {
		t.Errorf("in all %s, want 494.88", r.Fleet)
	}
}

// TestFees holds the share against what AWS publishes for instances (AWS Price List, AmazonEKS, EKS-Auto:…-management-hours,
// September 2026): the price of the instance, and the fee.
func TestFees(t *testing.T) {
	for _, c := range []struct {
		region, instance, fee string
		price                 string
	}{
		{"us-east-1", "m5a.xlarge", "0.02064", "0.172"},
		{"us-east-1", "c6a.2xlarge", "0.03672", "0.306"},
		{"us-east-1", "m7g.large", "0.00979", "0.0816"},
		{"us-east-1", "m7i.large", "0.0121", "0.1008"},
		{"us-east-1", "t4g.medium", "0.00403", "0.0336"},
		{"ap-southeast-5", "m7i.large", "0.01285", "0.1071"},
		{"ap-northeast-1", "m7i.xlarge", "0.03125", "0.2604"},
		{"ap-northeast-1", "g6.xlarge", "0.09104", "1.1672"},
		{"ap-northeast-2", "g5.xlarge", "0.09649", "1.237"},
	} {
		r := cost.Estimate(fleet(t, c.region, `    version: "1.36"`), all, options(t, "1x"+c.instance))
		var out bytes.Buffer
		if err := r.Print(&out, "table"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{c.price + "/hour", c.fee + "/hour"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s in %s: no %s in\n%s", c.instance, c.region, want, &out)
			}
		}
	}
}

// TestSupport: what the control plane costs by the day, the upgrade policy and the tier.
func TestSupport(t *testing.T) {
	for _, c := range []struct{ day, more, note, month string }{
		{"2026-12-01", `    version: "1.34"`, "1.34, standard support until 2026-12-02", "73.00"},
		{"2026-12-01", "    version: \"1.34\"\n    upgradePolicy: EXTENDED", "1.34, standard support until 2026-12-02, then extended: 365.00 more", "73.00"},
		{"2026-12-02", "    version: \"1.34\"\n    upgradePolicy: EXTENDED", "1.34, extended support until 2027-12-02", "438.00"},
		{"2026-12-02", `    version: "1.34"`, "1.34, support has ended: EKS upgrades it", "73.00"},
		{"2027-12-02", "    version: \"1.34\"\n    upgradePolicy: EXTENDED", "1.34, support has ended: EKS upgrades it", "73.00"},
		{"2026-12-02", `    version: "1.37"`, "1.37, AWS has not said until when it is supported", "73.00"},
		{"2026-12-02", "    version: \"1.36\"\n    controlPlaneTier: tier-xl", "1.36, standard support until 2027-08-02", "1,277.50"},
	} {
		opts := options(t)
		opts.At = at(c.day)
		r := cost.Estimate(fleet(t, "eu-west-2", c.more), all, opts)
		if got := r.Clusters[0].Items[0].Note; got != c.note || r.Fleet.String() != c.month {
			t.Errorf("%s %s: %q, %s; want %q, %s", c.day, c.more, got, r.Fleet, c.note, c.month)
		}
	}
}

// TestPrint prints the shipped fleet, that of every field, and what is not known, in both formats; testdata has them.
func TestPrint(t *testing.T) {
	print := func(name string, f *config.Fleet, opts cost.Options) {
		files := map[string][]byte{}
		for _, format := range cost.Formats() {
			var out bytes.Buffer
			if err := cost.Estimate(f, all, opts).Print(&out, format); err != nil {
				t.Fatal(err)
			}
			files[format+".txt"] = out.Bytes()
		}
		golden.Compare(t, "testdata/"+name, files)
	}
	for _, c := range golden.WithShipped(t) {
		switch c.Name {
		case "shipped":
			print(c.Name, c.Fleet(t), options(t))
		case "every-field":
			opts := options(t, "2xm7g.large")
			opts.Limits = true
			print(c.Name, c.Fleet(t), opts)
		}
	}
	gov := fleet(t, "us-gov-west-1", "    version: \"1.36\"\n    encryption: {create: true}\n    logging: {types: [api]}")
	print("unknown", gov, options(t, "1xm5a.xlarge", "2xc8i.large"))
}
