package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

const (
	behindKeyRef = "ACK never gets to it: it takes keyRef in spec.encryptionConfig for another key than EKS returns, and stops there; " +
		"generate the files with this gen, which writes keyARN"
	freesKeyRef = "the key stays the same; EKS returns it by its ARN, so ACK makes other changes of the cluster again"
)

// afterEncryption are rows of what ACK changes after the encryption of a cluster, and so never where that differs for ever
// (eks-controller, pkg/resource/cluster/hook.go: customUpdate).
func afterEncryption(rows ...Row) []Row {
	for i, row := range rows {
		rows[i].Outcome = ""
		if row.Decide == nil && row.Why == "" {
			rows[i].Why = "updated in place"
		}
		rows[i].Decide = func(f change.Field, c Subject) (change.Outcome, string) {
			switch {
			case secretsKeyOf(c.After).ref != nil:
				return change.Refused, behindKeyRef
			case row.Decide != nil:
				return row.Decide(f, c)
			default:
				return row.Outcome, row.Why
			}
		}
	}
	return rows
}

// encryptionKey is the key of a cluster's secrets: a reference, or an ARN.
type encryptionKey struct{ ref, arn any }

func secretsKeyOf(cluster map[string]any) encryptionKey {
	configs, _ := manifest.ValueAt(cluster, "spec", "encryptionConfig").([]any)
	if len(configs) == 0 {
		return encryptionKey{}
	}
	first, _ := configs[0].(map[string]any)
	return encryptionKey{ref: manifest.ValueAt(first, "provider", "keyRef"), arn: manifest.ValueAt(first, "provider", "keyARN")}
}

// judgeEncryption: a key can be set once. The key that gen makes may be named by its ARN where it was a reference before.
func judgeEncryption(f change.Field, c Subject) (change.Outcome, string) {
	if manifest.ValueAt(c.Before, "spec", "encryptionConfig") == nil && f.After != nil {
		return change.Update, "EKS encrypts the secrets with the key; this cannot be taken back"
	}
	before, after := secretsKeyOf(c.Before), secretsKeyOf(c.After)
	arn, _ := after.arn.(string)
	if !strings.HasSuffix(f.Name, ".resources") && before.ref != nil && after.ref == nil && manifest.IsSampleKey(arn) {
		return change.Update, freesKeyRef
	}
	return change.Refused, "EKS keeps the key that it encrypts with: ACK stops with a terminal error"
}
