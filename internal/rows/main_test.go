package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	if want := `"Group":"ec2.services.k8s.aws","Kind":"Subnet","Field":"spec.hostnameType","How":"value"`; !strings.Contains(out.String(), want) {
		t.Errorf("%s is not in\n%s", want, out.String())
	}
}
