package e2e

import (
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/aws"
)

// clusterOf is what ACK makes a cluster from.
func clusterOf(name string) aws.ID {
	return aws.ID{Group: "eks.services.k8s.aws", Kind: "Cluster", Namespace: name, Name: name}
}

// logsOf is what ACK makes the log group of a cluster from.
func logsOf(name string) aws.ID {
	return aws.ID{Group: "cloudwatchlogs.services.k8s.aws", Kind: "LogGroup", Namespace: name, Name: name}
}

// checkKey follows the ARN of the key that production makes: from ACK to the ConfigMap, and from there to EKS.
func (w *world) checkKey(t *testing.T) {
	t.Helper()
	key := object("kms.services.k8s.aws", "v1alpha1", "Key", prodCluster, prodCluster)
	facts := object("", "v1", "ConfigMap", prodCluster, "key-facts")
	must(t, w.get(key))
	must(t, w.get(facts))
	arn, exported := text(key, "status", "ackResourceMetadata", "arn"), text(facts, "data", "KMS_KEY_ARN")
	settings, _, _ := unstructured.NestedSlice(w.aws.Spec(clusterOf(prodCluster)), "encryptionConfig")
	if len(settings) != 1 {
		t.Fatalf("EKS has %v", settings)
	}
	used, _, _ := unstructured.NestedString(settings[0].(map[string]any), "provider", "keyARN")
	if arn == "" || exported != arn || used != arn {
		t.Errorf("the key is %q, exported is %q, and EKS uses %q", arn, exported, used)
	}
}

// leaveLogs leaves the log group of an earlier cluster of production's name, as its removal does.
func (w *world) leaveLogs() {
	w.aws.Leave(aws.Object{ID: logsOf(prodCluster), Account: "444455556666", Region: "eu-west-2", Spec: map[string]any{
		"name": "/aws/eks/" + prodCluster + "/cluster", "retentionDays": int64(30),
	}})
}

// checkLogs looks whether ACK has taken that log group over, and changed it to what is wanted.
func (w *world) checkLogs(t *testing.T) {
	t.Helper()
	logs := object("cloudwatchlogs.services.k8s.aws", "v1alpha1", "LogGroup", prodCluster, prodCluster)
	must(t, w.get(logs))
	if logs.GetAnnotations()["services.k8s.aws/adopted"] != "true" {
		t.Errorf("the log group was not adopted: %v", logs.GetAnnotations())
	}
	if days := w.aws.Spec(logsOf(prodCluster))["retentionDays"]; days != int64(365) {
		t.Errorf("AWS keeps logs for %v days", days)
	}
}
