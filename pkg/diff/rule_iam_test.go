package diff_test

import (
	"testing"

	"eks-auto-gitops/pkg/diff"
)

// TestWidened: what a policy allows now and did not before, and nothing else.
func TestWidened(t *testing.T) {
	const allow, deny = `"Effect":"Allow","Resource":"*",`, `{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Resource":"*",`
	for name, c := range map[string]struct {
		before, after string
		want          []string
	}{
		"an action more":              {`{` + allow + `"Action":["s3:GetObject"]}`, `{` + allow + `"Action":["s3:GetObject","s3:PutObject"]}`, []string{"allows s3:PutObject on *"}},
		"an action less":              {`{` + allow + `"Action":["s3:GetObject","s3:PutObject"]}`, `{` + allow + `"Action":"s3:GetObject"}`, nil},
		"part of a pattern":           {`{` + allow + `"Action":"s3:*"}`, `{` + allow + `"Action":"S3:getobject"}`, nil},
		"a pattern for a part":        {`{` + allow + `"Action":"s3:Get*"}`, `{` + allow + `"Action":"s3:*"}`, []string{"allows s3:* on *"}},
		"less is left out":            {`{` + allow + `"NotAction":["iam:*","sts:*"]}`, `{` + allow + `"NotAction":["iam:*"]}`, []string{"allows everything but iam:* on *"}},
		"a part is left out":          {`{` + allow + `"NotAction":"iam:*"}`, `{` + allow + `"NotAction":"iam:Get*"}`, []string{"allows everything but iam:Get* on *"}},
		"more is left out":            {`{` + allow + `"NotAction":["iam:Get*"]}`, `{` + allow + `"NotAction":["iam:*","sts:*"]}`, nil},
		"one of the rest":             {`{` + allow + `"NotAction":["iam:*"]}`, `{` + allow + `"Action":["s3:GetObject"]}`, nil},
		"one that was left out":       {`{` + allow + `"NotAction":["iam:*"]}`, `{` + allow + `"Action":["iam:GetRole"]}`, []string{"allows iam:GetRole on *"}},
		"all, left out or not":        {`{` + allow + `"NotAction":["iam:*"]}`, `{` + allow + `"Action":"*"}`, []string{"allows * on *"}},
		"all but some, of all":        {`{` + allow + `"Action":"*"}`, `{` + allow + `"NotAction":"iam:*"}`, nil},
		"a condition goes":            {`{` + allow + `"Action":"s3:*","Condition":{"Bool":{"a":"true"}}}`, `{` + allow + `"Action":"s3:*"}`, []string{"allows s3:* on *"}},
		"a condition comes":           {`{` + allow + `"Action":"s3:*"}`, `{` + allow + `"Action":"s3:*","Condition":{"Bool":{"a":"true"}}}`, nil},
		"another resource":            {`{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/*"}`, `{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::a/b","arn:aws:s3:::c"]}`, []string{"allows s3:* on arn:aws:s3:::c"}},
		"less is denied":              {deny + `"Action":["iam:*","s3:*"]}`, deny + `"Action":"s3:*"}`, []string{"no longer denies iam:* on *"}},
		"more is denied":              {deny + `"Action":"s3:Get*"}`, deny + `"Action":"s3:*"}`, nil},
		"denied under a condition":    {deny + `"Action":"s3:*"}`, deny + `"Action":"s3:*","Condition":{"Bool":{"a":"true"}}}`, []string{"no longer denies s3:* on *"}},
		"denied but for more":         {deny + `"NotAction":"s3:Get*"}`, deny + `"NotAction":"s3:*"}`, []string{"no longer denies everything but s3:Get* on *"}},
		"no policy that one can read": {`{` + allow + `"Action":"s3:*"}`, `}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			const role = "iam.services.k8s.aws/v1alpha1 Role"
			policy := func(statements string) string {
				return `spec: {inlinePolicies: {a: '{"Statement":[` + statements + `]}'}}`
			}
			report, err := diff.Compare(hub(t, "before", role, policy(c.before)), hub(t, "after", role, policy(c.after)), embedded(t))
			if err != nil {
				t.Fatal(err)
			}
			sameDangers(t, report, c.want...)
		})
	}
}
