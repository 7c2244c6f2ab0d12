package policy_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/policy"
)

func checker(t testing.TB) *policy.Checker {
	t.Helper()
	c, err := policy.NewChecker(nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// here is where the documents of these tests are.
func here() policy.Place {
	return policy.Place{Account: "111122223333", Partition: "aws", Region: "eu-west-2", DNSSuffix: "amazonaws.com"}
}

// said is what is wrong with a document, each with what the text has at the offset.
func said(c *policy.Checker, d policy.Document) string {
	var lines []string
	for _, f := range c.Check(d) {
		at, _, _ := strings.Cut(d.Text[f.Offset:], "\n")
		lines = append(lines, fmt.Sprintf("%.12s | %s: %s", at, f.Path, f.Message))
	}
	return strings.Join(lines, "\n")
}

// TestCheck has what the archives of testdata/verify do not: the forms of the language.
func TestCheck(t *testing.T) {
	const head, tail = `{"Version": "2012-10-17", "Statement": [`, `]}`
	c := checker(t)
	for _, tc := range []struct {
		name, text string
		kind       policy.Type
		want       string
	}{
		{"one statement without a list", `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}`, policy.Identity, ""},
		{"letter case of actions", head + `{"Effect": "Allow", "Action": ["S3:getOBJECT", "ec2:describe*", "s3:Get?bject"], "Resource": "arn:aws:s3:::x/*"}` + tail, policy.Identity, ""},
		{"a service that gen does not know", head + `{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}` + tail, policy.Identity, `"bedrock:Inv | Statement[0].Action: gen does not know the actions of bedrock, so these are not checked`},
		{"everything of what has no resources", head + `{"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}` + tail, policy.Identity, ""},
		{"a variable with a colon in the place of the account", head + `{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:${aws:PrincipalAccount}:x"}` + tail, policy.Identity, ""},
		{"a key of its own account", head + `{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}` + tail, policy.Resource, ""},
		{"no object", `["x"]`, policy.Identity, `["x"] | : is no policy document: it must be a JSON object`},
		{"nothing", ``, policy.Identity, ` | : is no policy document: it ends too early`},
		{"half an object", `{"Version": `, policy.Identity, ` | : is no policy document: it ends too early`},
		{"more after the end", head + `{"Effect": "Deny", "Action": "*", "Resource": "*"}` + tail + `}`, policy.Identity, `} | : is no policy document: there is more text after its end`},
		{"too deep", strings.Repeat("[", 40), policy.Identity, `[[[[[[[[[[[[ | : is no policy document: it is more than 16 levels deep`},
		{"a number for an action", head + `{"Effect": "Deny", "Action": 1, "Resource": "*"}` + tail, policy.Identity, `1, "Resource | Statement[0].Action: must be a text or a list of texts`},
		{"a text for a statement", head + `"Allow"` + tail, policy.Identity, `"Allow"]} | Statement[0]: must be an object`},
		{"both action and not", head + `{"Effect": "Deny", "Action": "*", "NotAction": "*", "Resource": "*"}` + tail, policy.Identity, `{"Effect": " | Statement[0]: must have one of Action and NotAction`},
		{"both resource and not", head + `{"Effect": "Deny", "Action": "*", "Resource": "*", "NotResource": "*"}` + tail, policy.Identity, `{"Effect": " | Statement[0]: has both Resource and NotResource`},
		{"a principal of a role", head + `{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}` + tail, policy.Identity, `{"Effect": " | Statement[0].Principal: is not allowed in a policy of a role`},
		{"a resource in a trust policy", head + `{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*"}` + tail, policy.Trust, `{"Effect": " | Statement[0].Resource: is not allowed in a trust policy`},
		{"an open variable", head + `{"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::x/${aws:username"}` + tail, policy.Identity, `"arn:aws:s3: | Statement[0].Resource: ${ is not closed`},
		{"a wildcard in a service", head + `{"Effect": "Deny", "Action": "s*:Get", "Resource": "*"}` + tail, policy.Identity, `"s*:Get", "R | Statement[0].Action: "s*:Get" is not service:Action`},
		{"values of other types", head + `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"s3:max-keys": 10}, "DateLessThan": {"aws:CurrentTime": ["2026-01-31T00:00:00Z", "2026", 1767225600]}, "Null": {"aws:TokenIssueTime": "true"}}}` + tail, policy.Identity, ""},
		{
			"values that are none", head + `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "no"}, "NumericLessThan": {"s3:max-keys": "ten"}, "DateLessThan": {"aws:CurrentTime": "tomorrow"}, "ArnLike": {"aws:SourceArn": "x"}, "BinaryEquals": {"s3:x": "?"}}}` + tail, policy.Identity,
			`"no"}, "Nume | Statement[0].Condition.Bool[aws:SecureTransport]: "no" is not true or false
"ten"}, "Dat | Statement[0].Condition.NumericLessThan[s3:max-keys]: "ten" is not a number
"tomorrow"}, | Statement[0].Condition.DateLessThan[aws:CurrentTime]: "tomorrow" is not a date such as 2026-01-31T00:00:00Z
"x"}, "Binar | Statement[0].Condition.ArnLike[aws:SourceArn]: "x" is not an ARN
"?"}}}]} | Statement[0].Condition.BinaryEquals[s3:x]: "?" is not in base64`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := said(c, policy.Document{Text: tc.text, Type: tc.kind, Place: here()}); got != tc.want {
				t.Errorf("said:\n%s\nwant:\n%s", got, tc.want)
			}
		})
	}
}

// TestKnownActions: names that are no operations of the SDK are known, and operations that are no actions are not.
func TestKnownActions(t *testing.T) {
	actions, err := policy.KnownActions()
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range []string{
		"iam:PassRole", "sts:TagSession", "s3:ListBucket", "s3:GetObjectVersion", "lambda:InvokeFunction", "kms:ReEncryptFrom", "kms:ReEncrypt*",
		"logs:CreateLogDelivery", "ssmmessages:OpenDataChannel", "eks-auth:AssumeRoleForPodIdentity", "ec2:CreateTags", "elasticfilesystem:ClientMount",
		"elasticloadbalancing:SetWebAcl", "elasticloadbalancing:DescribeTargetHealth", "aps:RemoteWrite", "es:ESHttpGet", "route53:ListTagsForResources",
		"cloudformation:GetResource", "ecs:RunTask", "ses:SendEmail", "unheard-of:Thing",
	} {
		if message, _ := actions.Unknown(known); message != "" {
			t.Error(message)
		}
	}
	for unknown, hint := range map[string]string{
		"s3:ListBuckets": "write s3:ListAllMyBuckets, which allows it", "lambda:Invoke": "write lambda:InvokeFunction, which allows it",
		"kms:ReEncrypt": "write kms:ReEncrypt*, which allows it", "ec2:Dscribe*": "did you mean ec2:Describe*?",
		"cloudwatchlogs:PutLogEvents": "did you mean logs?", "secretmanager:GetSecretValue": "did you mean secretsmanager?",
	} {
		if message, got := actions.Unknown(unknown); message == "" || got != hint {
			t.Errorf("%s: said %q, hint %q, want %q", unknown, message, got, hint)
		}
	}
}

// TestPermissionsHaveReasons: every line that is kept by hand says why, and what it names as another action there is.
func TestPermissionsHaveReasons(t *testing.T) {
	raw, err := os.ReadFile("permissions.txt")
	if err != nil {
		t.Fatal(err)
	}
	actions, err := policy.KnownActions()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "others: ") {
			continue
		}
		list, why, _ := strings.Cut(line, " -- ")
		head, names, ok := strings.Cut(list, ": ")
		if !ok || len(strings.TrimSpace(why)) < 5 {
			t.Errorf("line %d has no actions or no reason: %s", i+1, line)
		}
		for name := range strings.FieldsSeq(names) {
			if _, instead, replaced := strings.Cut(name, ">"); replaced {
				name = instead
			}
			if message, _ := actions.Unknown(strings.Fields(head)[0] + ":" + name); message != "" {
				t.Errorf("line %d: %s", i+1, message)
			}
		}
	}
}

// FuzzCheck: whatever a document says, there is an answer whose places are in the text, and no panic.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*"],"Resource":"arn:aws:s3:::${aws:username}/*","Condition":{"Bool":{"aws:x":true}}}]}`,
		`{"Statement":{"Effect":"Allow","Principal":{"Federated":["arn:aws:iam::1:oidc-provider/oidc.eks.x/id/Y"],"AWS":"*","Service":"eks.amazonaws.com"},"Action":"sts:*"}}`,
		`{"Statement":[[],{"Condition":{"a":[]}},{"Condition":[]},null]}`, `{"a":`, `[[`, "\xff", `{"Statement":{"Action":":","Resource":"arn:::::"}}`,
	} {
		f.Add(text, uint8(len(text)))
	}
	c := checker(f)
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		types := []policy.Type{policy.Identity, policy.Trust, policy.Resource}
		for _, fault := range c.Check(policy.Document{Text: text, Type: types[int(kind)%3], Place: here()}) {
			if fault.Offset < 0 || fault.Offset > len(text) || fault.Message == "" || fault.Hint == "" {
				t.Errorf("%+v", fault)
			}
		}
	})
}
