// Package logs creates ACK objects of Amazon CloudWatch Logs (ACK cloudwatchlogs-controller).
package logs

import (
	"eks-auto-gitops/pkg/ack"
	acklogs "eks-auto-gitops/pkg/ack/apis/cloudwatchlogs/v1alpha1"
)

// LogGroup creates a log group called name, which keeps its events for days; keyARN may be empty.
func LogGroup(m ack.Meta, name string, days int64, keyARN string) *acklogs.LogGroup {
	return &acklogs.LogGroup{TypeMeta: ack.Type(acklogs.Group, "LogGroup"), ObjectMeta: m.Object(), Spec: acklogs.LogGroupSpec{
		KMSKeyID:      ack.Optional(keyARN),
		Name:          new(name),
		RetentionDays: new(days),
		Tags:          m.TagMap(),
	}}
}
