package config

import (
	"fmt"
	"time"
)

// disruption follows Karpenter, "Disruption", and its CRD.
func (s scope) disruption(d Disruption) {
	s.oneOf(s.at("disruption", "consolidationPolicy"), d.ConsolidationPolicy, "a consolidation policy of Karpenter",
		[]string{"WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"})
	if !s.matches(`^(([0-9]+(s|m|h))+|Never)$`, d.ConsolidateAfter) {
		s.fail(s.at("disruption", "consolidateAfter"), fmt.Sprintf("%q is not a duration", d.ConsolidateAfter), "write it in s, m and h, such as 30s, or Never")
	}
	if len(d.Budgets) > 50 {
		s.fail(s.at("disruption", "budgets"), fmt.Sprintf("%d budgets", len(d.Budgets)), "Karpenter takes 50")
	}
	for i, b := range d.Budgets {
		s.sub("disruption", "budgets", i).budget(b, s.has("disruption", "budgets"))
	}
}

// budget checks one budget; one that gen filled in needs no check.
func (s scope) budget(b Budget, written bool) {
	if !written {
		return
	}
	if b.Nodes != "" && !s.matches(`^((100|[0-9]{1,2})%|[0-9]+)$`, string(b.Nodes)) {
		s.fail(s.at("nodes"), fmt.Sprintf("%q is not a number of nodes", string(b.Nodes)), "write a number or a percentage, such as 10%")
	}
	if (b.Schedule == "") != (b.Duration == "") && s.sound("schedule") && s.sound("duration") {
		missing, given := "duration", "schedule"
		if b.Schedule == "" {
			missing, given = given, missing
		}
		s.fail(s.at(missing), "is missing, but "+given+" is set", "a budget has both, or neither to hold always")
	}
	if b.Schedule != "" && !s.matches(`^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|\S+\s+\S+\s+\S+\s+\S+\s+\S+)$`, b.Schedule) {
		s.fail(s.at("schedule"), fmt.Sprintf("%q is not a cron line", b.Schedule), `write five fields, such as "0 9 * * mon-fri", in UTC`)
	}
	if b.Duration != "" && !s.matches(`^((([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?)$`, b.Duration) {
		s.fail(s.at("duration"), fmt.Sprintf("%q is not a duration of a budget", b.Duration), "write it in h and m, such as 8h or 1h30m")
	}
	for i, reason := range b.Reasons {
		s.oneOf(s.at("reasons", i), reason, "a reason of Karpenter", []string{"Underutilized", "Empty", "Drifted"})
	}
	s.distinct(b.Reasons, "reasons")
}

// lifetime: Auto Mode ends every node after 21 days (EKS User Guide, "Learn about Auto Mode managed instances").
func (s scope) lifetime(p NodePool) {
	life, lifeOK := s.duration(s.at("expireAfter"), p.ExpireAfter, "Auto Mode replaces every node within 21 days; write at most 504h together with terminationGracePeriod")
	grace, graceOK := s.duration(s.at("terminationGracePeriod"), p.TerminationGracePeriod, "write it in s, m and h, such as 24h")
	if lifeOK && graceOK && life+grace > 504*time.Hour {
		at := s.at("expireAfter")
		if at.node == nil {
			at = s.at("terminationGracePeriod")
		}
		s.fail(at, fmt.Sprintf("%s and the grace period of %s are more than 504h", p.ExpireAfter, p.TerminationGracePeriod),
			"Auto Mode ends every node after 21 days; shorten one of the two")
	}
}

// duration parses a duration as Karpenter writes it; it has no days and no fractions.
func (s scope) duration(at spot, value, hint string) (time.Duration, bool) {
	d, err := time.ParseDuration(value)
	if err != nil || !s.matches(`^([0-9]+(s|m|h))+$`, value) {
		s.fail(at, fmt.Sprintf("%q is not a duration that a node pool can have", value), hint)
		return 0, false
	}
	return d, true
}
