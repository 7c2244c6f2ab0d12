package danger

import "eks-auto-gitops/pkg/diff/change"

// refusedRule finds changes that are refused.
func refusedRule() Rule {
	return outcomeRule(change.Refused, Rule{
		Name: "refused",
		Doc:  "AWS, ACK or the Kubernetes API refuses a change",
		Why:  "The object stays as it is and is no longer synced; later stages of the chain wait for it.",
	})
}

// replacedRule finds what is deleted and recreated.
func replacedRule() Rule {
	return outcomeRule(change.Replace, Rule{
		Name: "replaced",
		Doc:  "an object is deleted and recreated",
		Why:  "In between it does not exist, and what it held is gone.",
	})
}

// orphanedRule finds what is orphaned.
func orphanedRule() Rule {
	return outcomeRule(change.Orphan, Rule{
		Name: "orphaned",
		Doc:  "something stays in AWS or in a cluster, and nothing manages it any more",
		Why: `It costs money, keeps its permissions, and is in the way when it is recreated. ACK finds a resource by its name or
its principal: when that changes, it finds nothing and creates a second one.`,
	})
}

// ignoredRule finds changes without an effect.
func ignoredRule() Rule {
	return outcomeRule(change.Ignored, Rule{
		Name: "ignored",
		Doc:  "a field changes that no controller acts on",
		Why:  "The tree then says one thing and AWS another, and nothing reports it.",
	})
}

// outcomeRule finds everything with an outcome: each field, or the object as a whole.
func outcomeRule(outcome change.Outcome, rule Rule) Rule {
	rule.find = func(c *change.Scoped) []change.Danger {
		var found []change.Danger
		if (len(c.Change.Fields) == 0 || c.Change.Why != "") && c.Change.Outcome == outcome {
			found = append(found, change.Danger{Message: c.Change.Why})
		}
		for _, f := range c.Change.Fields {
			if f.Outcome == outcome {
				found = append(found, change.Danger{Message: f.Why, Field: f.Path})
			}
		}
		return found
	}
	return rule
}
