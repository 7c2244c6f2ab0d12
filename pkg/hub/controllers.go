package hub

import "slices"

// controller is one of ACK's.
type controller struct {
	// service names its chart, its API group and its service account; resource is that for CloudFormation.
	service, resource string
	// name is what AWS calls the service.
	name string
	// version is that of the chart, which has the controller's.
	version string
	// recent reports whether it has ACK runtime v0.62: the chart knows enableCrossNamespace, and the controller the feature gate
	// IgnoreFieldDrift. An older one does not start with a gate that it does not know (pkg/featuregate/features.go).
	recent bool
}

// controllers are those for everything that gen writes, each at the version that was run with it.
func controllers() []controller {
	return []controller{
		{"acm", "Acm", "AWS Certificate Manager", "1.3.4", false},
		{"cloudwatchlogs", "CloudWatchLogs", "Amazon CloudWatch Logs", "1.4.1", true},
		{"ec2", "Ec2", "Amazon EC2", "1.20.0", true},
		{"eks", "Eks", "Amazon EKS", "1.20.0", true},
		{"iam", "Iam", "IAM", "1.8.1", true},
		{"kms", "Kms", "AWS KMS", "1.4.1", true},
		{"route53", "Route53", "Amazon Route 53", "1.5.2", true},
	}
}

// group is the API group of the controller's kinds.
func (c controller) group() string { return c.service + inGroup }

// account is the service account that its chart makes (chart <service>-chart, values.yaml: serviceAccount.name).
func (c controller) account() string { return "ack-" + c.service + "-controller" }

// chart is where the chart is.
func (c controller) chart() string {
	return "oci://public.ecr.aws/aws-controllers-k8s/" + c.service + "-chart"
}

// Services are the names of the services that the hub has a controller for.
func Services() []string {
	var all []string
	for _, c := range controllers() {
		all = append(all, c.service)
	}
	return slices.Clip(all)
}
