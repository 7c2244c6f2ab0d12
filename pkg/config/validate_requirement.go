package config

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"eks-auto-gitops/pkg/diag"
)

// poolInstances checks the short forms of requirements.
func (c clusterScope) poolInstances(s scope, p NodePool) {
	for _, list := range shortRequirements(p) {
		for i, value := range list.values {
			if s.has(list.field) {
				c.labelValue(s.at(list.field, i), list.key, value)
			}
		}
		s.distinct(list.values, list.field)
	}
}

// requirements checks the long form (Karpenter, "NodePools"; EKS User Guide, "Create a Node Pool
// for EKS Auto Mode", supported labels).
func (c clusterScope) requirements(s scope, p NodePool) {
	if len(p.Requirements) > 90 {
		s.fail(s.at("requirements"), fmt.Sprintf("%d requirements", len(p.Requirements)), "Karpenter takes 100, with those of the short forms; join some")
	}
	for i, r := range p.Requirements {
		rs := s.sub("requirements", i)
		rs.requirementKey(r.Key)
		for field, short := range shortForms() {
			if short == r.Key && (s.has(field) || field == "arch" || field == "capacityTypes") {
				rs.fail(rs.at("key"), fmt.Sprintf("%q is what %s says", r.Key, field), "a node would have to satisfy both; use only "+field)
			}
		}
		rs.requirementValues(r)
		for j, value := range r.Values {
			// To exclude what Auto Mode does not have anyway is no fault.
			if r.Operator == "In" || r.Operator == "NotIn" && !slices.Contains([]string{labelSize, labelCPU, labelCategory, labelFamily, labelType}, r.Key) {
				c.labelValue(rs.at("values", j), r.Key, value)
			}
		}
		rs.distinct(r.Values, "values")
	}
}

// shortForms are the fields of a pool that stand for a requirement.
func shortForms() map[string]string {
	return map[string]string{
		"arch": labelArch, "capacityTypes": labelCapacityType, "instanceCategories": labelCategory, "zones": labelZone,
		"instanceFamilies": labelFamily, "instanceTypes": labelType, "instanceCPUs": labelCPU,
	}
}

func (s scope) requirementKey(key string) {
	at := s.at("key")
	if key == "" {
		return
	}
	if len(validation.IsQualifiedName(key)) > 0 {
		s.fail(at, fmt.Sprintf("%q is not the name of a label", key), "write a label such as "+labelCategory)
		return
	}
	if fault, hint := RequirementFault(key); fault != "" {
		s.fail(at, fault, hint)
	}
}

// RequirementFault takes the label of a requirement and returns what is wrong with it in Auto Mode and what to do;
// both are empty for a sound one. Source: EKS User Guide, "Create a Node Pool for EKS Auto Mode", supported labels.
func RequirementFault(key string) (fault, hint string) {
	if strings.HasPrefix(key, autoDomain+"instance-") && !slices.Contains(autoLabels(), key) {
		fault, hint = fmt.Sprintf("%q is not a label of Auto Mode", key), "one of "+strings.Join(autoLabels(), ", ")
		if near := nearestLabel(key); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fault, hint
	}
	return restrictedLabel(key)
}

// nearestLabel compares labels by what tells them apart, which is the last part only.
func nearestLabel(key string) string {
	const common = autoDomain + "instance-"
	var ends []string
	for _, label := range autoLabels() {
		ends = append(ends, strings.TrimPrefix(label, common))
	}
	near := diag.Nearest(strings.TrimPrefix(key, common), ends)
	if near == "" {
		return ""
	}
	return common + near
}

// restricted reports labels that a node pool must not set or ask for.
func (s scope) restricted(at spot, key string) {
	if fault, hint := restrictedLabel(key); fault != "" {
		s.fail(at, fault, hint)
	}
}

func restrictedLabel(key string) (fault, hint string) {
	rest, onEC2 := strings.CutPrefix(key, "karpenter.k8s.aws/")
	domain, _, _ := strings.Cut(key, "/")
	switch {
	case onEC2:
		auto := autoDomain + rest
		hint = "Auto Mode has no such label"
		if slices.Contains(autoLabels(), auto) {
			hint = fmt.Sprintf("write %q", auto)
		} else if near := nearestLabel(auto); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Sprintf("%q is a label of Karpenter on EC2, which Auto Mode does not know", key), hint
	case key == "kubernetes.io/os", key == "node.kubernetes.io/windows-build":
		return fmt.Sprintf("%q is not a label that Auto Mode takes", key), "all its nodes run Linux; remove it"
	case key == "kubernetes.io/hostname", key == "karpenter.sh/nodepool", strings.HasSuffix(domain, "karpenter.sh") && key != labelCapacityType:
		return fmt.Sprintf("%q is reserved", key), "Kubernetes and Karpenter set it on every node; remove it"
	}
	return "", ""
}

func (s scope) requirementValues(r Requirement) {
	s.oneOf(s.at("operator"), r.Operator, "an operator of Karpenter", []string{"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"})
	count := len(r.Values)
	if !s.sound("values") || !s.sound("operator") {
		return
	}
	switch r.Operator {
	case "In", "NotIn":
		if count == 0 {
			s.fail(s.at("values"), "is missing with the operator "+r.Operator, "list at least one value, as text")
		}
	case "Exists", "DoesNotExist":
		if count > 0 {
			s.fail(s.at("values"), "has no place with the operator "+r.Operator, "remove the values, or write In or NotIn")
		}
	case "Gt", "Lt", "Gte", "Lte":
		if count != 1 || !s.matches(`^[0-9]{1,9}$`, r.Values[0]) {
			s.fail(s.at("values"), "must be one whole number with the operator "+r.Operator, `write it in quotes, such as ["4"]`)
		}
	}
	if s.has("minValues") && (r.MinValues < 1 || r.MinValues > 50) {
		s.fail(s.at("minValues"), fmt.Sprintf("%d is not between 1 and 50", r.MinValues), "leave it out if one value is enough")
	} else if r.Operator == "In" && r.MinValues > count && count > 0 {
		s.fail(s.at("minValues"), fmt.Sprintf("asks for %d values, of %d listed", r.MinValues, count), "list more values, or lower it")
	}
	for i, value := range r.Values {
		if len(validation.IsValidLabelValue(value)) > 0 {
			s.fail(s.at("values", i), fmt.Sprintf("%q is not the value of a label", value), labelValueHint())
		}
	}
}
