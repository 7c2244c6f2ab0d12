package diff_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/report"
)

// TestSecretsStayHidden: whatever becomes of a Secret, nothing of its values is in the report or in what is printed of
// it, and a change is told as one.
func TestSecretsStayHidden(t *testing.T) {
	const plain, sops = "open-sesame", "ENC[AES256_GCM,data:open-sesame,type:str]"
	versions := []string{
		"{}",
		"stringData: {password: open-sesame}",
		"{data: {password: open-sesame-2}, stringData: {password: open-sesame-2, more: open-sesame}}",
		"{data: [open-sesame], stringData: {password: {deep: [open-sesame]}}}",
		"data: open-sesame",
		"{stringData: {password: '" + sops + "'}, sops: {mac: '" + sops + "', lastmodified: a}}",
		"{data: {password: '" + sops + "', plain: open-sesame}, sops: {mac: b}}",
	}
	for _, before := range versions {
		for _, after := range versions {
			r, err := diff.Compare(hub(t, "before", "/v1 Secret", before), hub(t, "after", "/v1 Secret", after), embedded(t))
			if err != nil {
				t.Fatal(err)
			}
			if same := before == after; same != r.Empty() {
				t.Errorf("%s to %s: empty is %v", before, after, r.Empty())
			}
			var said bytes.Buffer
			err = errors.Join(report.Text(&said, r, false), report.Markdown(&said, r, ""), report.JSON(&said, r), report.HTML(&said, r))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&said, "%+v", *r)
			if strings.Contains(said.String(), plain) {
				t.Errorf("%s to %s is told:\n%s", before, after, said.String())
			}
		}
	}
}
