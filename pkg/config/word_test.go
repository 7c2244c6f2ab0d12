package config

import (
	"testing"

	"go.yaml.in/yaml/v4"
)

func TestReadsAs(t *testing.T) {
	for value, want := range map[string]string{
		"no": "true or false", "On": "true or false", "y": "true or false", "FALSE": "true or false",
		"~": "nothing", "null": "nothing", "1.30": "a number", "012": "a number", "1e3": "a number", "0x1F": "a number",
		"1_000": "a number", "1:30": "a number", ".inf": "a number", "111122223333": "a number", "2026-01-01": "a date",
		"<<": "a merge key", "'no'": "", `"1.30"`: "", "dev": "", "1.30.1": "", "10.0.0.0/16": "", "210433fc": "",
		"arn:aws:iam::111122223333:role/flux": "", "30s": "", "80Gi": "", "10%": "", "a:1": "",
	} {
		var document yaml.Node
		if err := yaml.Load([]byte(value), &document); err != nil {
			t.Fatal(err)
		}
		if got := readsAs(document.Content[0]); got != want {
			t.Errorf("%s reads as %q, want %q", value, got, want)
		}
	}
}

func TestJoinKey(t *testing.T) {
	for _, tc := range [][3]string{
		{"", "clusters", "clusters"},
		{"components", "external-dns", "components.external-dns"},
		{"tags", "kubernetes.io/role/elb", `tags["kubernetes.io/role/elb"]`},
	} {
		if got := joinKey(tc[0], tc[1]); got != tc[2] {
			t.Errorf("%s and %s: %s", tc[0], tc[1], got)
		}
	}
}

func TestBranchName(t *testing.T) {
	for branch, want := range map[string]bool{
		"main": true, "env/dev": true, "release-1.2": true, "a..b": false, "/a": false, "a/": false, "a//b": false, ".a": false,
		"a/.b": false, "a.lock": false, "a b": false, "a^": false, "a~1": false, "a:b": false, "@": false, "-a": false, "a@{1}": false,
	} {
		if got := branchName(branch); got != want {
			t.Errorf("%s: %t", branch, got)
		}
	}
}

func TestDiskSize(t *testing.T) {
	for size, want := range map[string]bool{
		"80Gi": true, "1Gi": true, "59000Gi": true, "59001Gi": false, "64000G": true, "58Ti": true, "59Ti": false, "64T": true,
		"0Gi": false, "080Gi": false, "80": false, "80gi": false, "1.5Ti": false, "": false,
	} {
		if got := diskSize(size); got != want {
			t.Errorf("%s: %t", size, got)
		}
	}
}

func TestParseARN(t *testing.T) {
	for value, want := range map[string]bool{
		"arn:aws:iam::111122223333:role/flux": true, "arn:aws:kms:eu-west-2:111122223333:key/1": true, "arn:aws:s3:::bucket": true,
		"arn:aws:iam::111122223333": false, "arn:aws:iam::111122223333:": false, "role/flux": false, "arn::iam::1:role/x": false,
	} {
		if _, got := parseARN(value); got != want {
			t.Errorf("%s: %t", value, got)
		}
	}
}
