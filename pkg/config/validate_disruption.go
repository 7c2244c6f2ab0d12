package config

import (
	"fmt"
	"slices"
	"time"

	"github.com/robfig/cron/v3"
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
	before := len(s.problems)
	for i, b := range d.Budgets {
		s.sub("disruption", "budgets", i).budget(b, s.has("disruption", "budgets"))
	}
	s.frozen(d)
	at := s.at("disruption", "budgets")
	if at.node != nil && len(s.problems) == before && s.sound("disruption", "budgets") && !slices.ContainsFunc(d.Budgets, Budget.always) {
		s.warn(at, "no budget holds all the time", "outside of the schedules Karpenter may replace all nodes at once; add one without schedule, such as nodes: 10%")
	}
}

// frozen warns of a budget of no nodes that always holds (Karpenter, "Disruption", NodePool Disruption Budgets).
// Where other budgets have a schedule nothing is said: public fleets have that.
func (s scope) frozen(d Disruption) {
	if slices.ContainsFunc(d.Budgets, func(b Budget) bool { return b.Schedule != "" }) {
		return
	}
	for i, b := range d.Budgets {
		if b.Nodes == "0" || b.Nodes == "0%" {
			if at := s.at("disruption", "budgets", i, "nodes"); at.node != nil && b.Schedule == "" && (len(b.Reasons) == 0 || slices.Contains(b.Reasons, "Drifted")) {
				s.warn(at, "no node is replaced before it expires: after an upgrade or a change of its class a node stays as it was", "write 1 or more, or give the budget a schedule and a duration")
			}
		}
	}
}

// always reports whether a budget limits every disruption at any time. Budgets replace Karpenter's default of 10%
// (Karpenter, "Disruption", NodePool Disruption Budgets).
func (b Budget) always() bool { return b.Schedule == "" && len(b.Reasons) == 0 }

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
	} else if fault, hint := ScheduleFault(b.Schedule); fault != "" {
		s.fail(s.at("schedule"), fault, hint)
	}
	if b.Duration != "" && !s.matches(`^((([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?)$`, b.Duration) {
		s.fail(s.at("duration"), fmt.Sprintf("%q is not a duration of a budget", b.Duration), "write it in h and m, such as 8h or 1h30m")
	}
	for i, reason := range b.Reasons {
		s.oneOf(s.at("reasons", i), reason, "a reason of Karpenter", []string{"Underutilized", "Empty", "Drifted"})
	}
	s.distinct(b.Reasons, "reasons")
}

// ScheduleFault takes the schedule of a budget and returns what is wrong with it and what to do; both are empty for a sound
// one, and for none. The CRD admits more than Karpenter reads: it parses a schedule with robfig/cron
// (sigs.k8s.io/karpenter pkg/apis/v1/nodepool.go, IsActive), and where that fails it disrupts no node of the pool at all.
func ScheduleFault(schedule string) (fault, hint string) {
	if schedule == "" {
		return "", ""
	}
	parsed, err := cron.ParseStandard("TZ=UTC " + schedule)
	if err != nil {
		return fmt.Sprintf("Karpenter cannot read the schedule %q: %v", schedule, err), `write minute, hour, day of month, month and day of week (0 is Sunday), such as "0 9 * * mon-fri", in UTC`
	}
	// Next looks five years ahead, which has a 29 February.
	if parsed.Next(time.Unix(0, 0)).IsZero() {
		return fmt.Sprintf("the schedule %q never comes", schedule), "name a day that the month has"
	}
	return "", ""
}

// shortestLife is how long a node should live at least: one takes about a minute to become ready, and a pool whose nodes
// end before their pods have settled replaces them all the time.
const shortestLife = 10 * time.Minute

// lifetime: Auto Mode ends every node after 21 days (EKS User Guide, "Learn about Auto Mode managed instances").
func (s scope) lifetime(p NodePool) {
	life, lifeOK := s.duration(s.at("expireAfter"), p.ExpireAfter, "Auto Mode replaces every node within 21 days; write at most 504h together with terminationGracePeriod")
	grace, graceOK := s.duration(s.at("terminationGracePeriod"), p.TerminationGracePeriod, "write it in s, m and h, such as 24h")
	if lifeOK && life < shortestLife && s.has("expireAfter") {
		s.fail(s.at("expireAfter"), fmt.Sprintf("every node would end after %s, and the pods with it", p.ExpireAfter), "write hours, such as 336h")
	}
	if graceOK && grace == 0 && s.has("terminationGracePeriod") {
		s.warn(s.at("terminationGracePeriod"), "pods are killed as soon as a node is to go, whatever their disruption budgets say", "write how long they may take, such as 1h, or remove it for 24h")
	}
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
