package diff_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/report"
)

// onPage is what the tests look at of the report that a page holds.
type onPage struct {
	Headline string
	Sections []struct {
		Scopes  []change.Scope
		Changes []struct {
			Kind, Name, Lines string
			Varies, Omitted   bool
		}
	}
	Chains []struct {
		Scopes []change.Scope
		Source string
		Steps  []change.Step
	}
}

// pageData is the report that the page of a report holds.
func pageData(t *testing.T, r *change.Report) onPage {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^<script id="report" type="application/json">(.*)</script>$`).FindStringSubmatch(b.String())
	if found == nil {
		t.Fatal("the page holds no report")
	}
	var data onPage
	if err := json.Unmarshal([]byte(found[1]), &data); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestHTMLIsSafe: nothing that is compared can end the element that holds it, and the page names no other file.
func TestHTMLIsSafe(t *testing.T) {
	evil := "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\u2028"
	r := &change.Report{
		From: evil, To: evil, Problems: []change.Problem{{Side: evil, Message: evil}},
		Summary: []change.Count{{Scope: change.Scope{Environment: "dev", Cluster: evil}, Changed: 1, Outcomes: map[change.Outcome]int{change.Update: 1}}},
		Sections: []change.Section{{Scopes: []change.Scope{{Environment: "dev", Cluster: evil}}, Changes: []change.Change{{
			Kind: "ConfigMap", Name: evil, Outcome: change.Update, Before: map[string]any{"a": evil}, After: map[string]any{"b": evil},
			Fields: []change.Field{{Path: evil, Before: evil, After: evil}},
		}}}},
	}
	var b bytes.Buffer
	if err := report.HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if strings.Contains(text, "alert(1)</") || strings.Contains(text, "<img") || strings.Contains(text, "<!--") {
		t.Error("what is compared is markup")
	}
	if lines := pageData(t, r).Sections[0].Changes[0].Lines; !strings.Contains(lines, "alert(1)") {
		t.Errorf("what is compared is not there: %s", lines)
	}
	if found := regexp.MustCompile(`(?i)<(link|script|img)[^>]*(src|href)=`).FindString(text); found != "" {
		t.Errorf("the page names another file: %s", found)
	}
}

// TestHTMLHeadline: the page of two trees that are the same says so, and that of what cannot be compared does not.
func TestHTMLHeadline(t *testing.T) {
	for want, r := range map[string]*change.Report{
		"no changes between a and b":                         {From: "a", To: "b"},
		"no changes in what can be compared between a and b": {From: "a", To: "b", Problems: []change.Problem{{Side: "a", Message: "x"}}},
	} {
		if got := pageData(t, r).Headline; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestHTMLVaries: of an object that is new in many clusters the page has the lines, with a mark where they are not the same.
func TestHTMLVaries(t *testing.T) {
	fleet := "apiVersion: gen/v1alpha1\nkind: Fleet\nmetadata: {name: example}\nrepository: {url: https://github.com/example/fleet.git}\n" +
		"hub: {accountID: '777788889999', oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}\n" +
		"environments: [{name: dev, branch: dev, accountID: \"111122223333\", region: eu-west-2}]\nclusters:\n"
	for i := range 11 {
		fleet += fmt.Sprintf("- {name: dev-%d, environment: dev, version: \"1.36\", network: {cidr: 10.%d.0.0/16}}\n", i, i)
	}
	tree, _ := treeOf(t, "-- clusters/clusters.yaml --\n"+fleet)
	for _, c := range []struct {
		from, to diff.Source
		mark     string
	}{
		{diff.FromFiles("before", nil), diff.FromFiles("after", tree), "+"},
		{diff.FromFiles("before", tree), diff.FromFiles("after", nil), "-"},
	} {
		r, err := diff.Compare(c.from, c.to, embedded(t))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, change := range pageData(t, r).Sections[0].Changes {
			if change.Kind == "Subnet" && change.Varies && strings.Contains(change.Lines, c.mark+"  cidrBlock: <varies>\n") {
				found++
			}
		}
		if n := len(r.Sections[0].Scopes); n != 11 || found != 6 {
			t.Errorf("the first section is for %d clusters, and has %d subnets", n, found)
		}
	}
}

// TestHTMLHub: the page has the line on what the hub takes over, as JSON has it.
func TestHTMLHub(t *testing.T) {
	var b bytes.Buffer
	if err := report.HTML(&b, &change.Report{Hub: &change.Hub{Environments: []string{"dev"}, Branch: "main"}}); err != nil {
		t.Fatal(err)
	}
	const want = `"hub":{"environments":["dev"],"branch":"main","message":"flux/hub changed (environment dev): the hub takes it over from branch main"}`
	if !strings.Contains(b.String(), want) {
		t.Error("the page does not say what the hub takes over")
	}
}
