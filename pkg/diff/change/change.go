// Package change is what differs between two trees: the model of gen diff.
//
// In: nothing; pkg/diff fills it. Out: a [Report], of which every format is a function. What the other packages of
// the comparison share is here too: how a value is written on one line, and how the name of a cluster is left out.
package change

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/layout"
)

// An Outcome says what happens with an object, or with an object because of one of its fields.
type Outcome string

// The outcomes. Of an object that is changed the worst of its fields counts, by [Outcome.Rank].
const (
	// Create makes it new.
	Create Outcome = "CREATE"
	// Update changes it where it is.
	Update Outcome = "UPDATE"
	// Replace deletes it and makes it new.
	Replace Outcome = "REPLACE"
	// Delete removes it, in AWS too where it stands for something there.
	Delete Outcome = "DELETE"
	// Orphan leaves it where it is, and nothing looks after it any more.
	Orphan Outcome = "ORPHAN"
	// Ignored changes the text and nothing else: no controller acts on it.
	Ignored Outcome = "IGNORED"
	// Refused is what the Kubernetes API, ACK or AWS refuses.
	Refused Outcome = "REFUSED"
)

// Outcomes lists all outcomes, the worst first.
func Outcomes() []Outcome {
	return []Outcome{Delete, Replace, Refused, Orphan, Ignored, Update, Create}
}

// Rank is the place of the outcome among [Outcomes]: the lower, the worse.
func (o Outcome) Rank() int { return slices.Index(Outcomes(), o) }

// A Report is everything that differs between two trees. Formats are functions of it alone.
type Report struct {
	// From and To name the trees as the user does.
	From, To string
	// Summary has a line for every scope with changes.
	Summary []Count
	// Hub is what the hub has to take over; nil if that is nothing.
	Hub *Hub
	// Reconciled are the clusters that Flux reconciles although nothing changes in them: files of their artifacts differ. Those with
	// changes it reconciles anyway, and no others that are delivered from artifacts.
	Reconciled []Scope
	// Cost is what the change does to the costs of a month; nil if nothing, or where that is not known.
	Cost *Cost
	// Causes are the lines written by people that differ.
	Causes []Cause
	// Dangers are what a reviewer must not miss, in the order of [diff.Rules].
	Dangers []Danger
	// Chains are how Flux delivers what changes.
	Chains []Chain
	// Sections are the changes, first those that many clusters share.
	Sections []Section
	// Problems are folders that could not be built, and so could not be compared.
	Problems []Problem
}

// Empty reports whether nothing differs in what Flux would apply, and everything could be compared.
func (r *Report) Empty() bool { return len(r.Sections) == 0 && len(r.Problems) == 0 }

// A Scope is what a change belongs to: a cluster; or what the clusters of an environment share, where Cluster is
// empty; or what the hub shares, where both are.
type Scope struct {
	Environment string `json:"environment,omitempty"`
	Cluster     string `json:"cluster,omitempty"`
}

// String is environment/cluster, the environment, or "hub".
func (s Scope) String() string {
	switch {
	case s.Cluster != "":
		return s.Environment + "/" + s.Cluster
	case s.Environment != "":
		return s.Environment
	default:
		return "hub"
	}
}

// Compare orders scopes: what is shared first, then by name.
func (s Scope) Compare(other Scope) int {
	return cmp.Or(cmp.Compare(s.Environment, other.Environment), cmp.Compare(s.Cluster, other.Cluster))
}

// A Count is how much changes in a scope.
type Count struct {
	Scope
	// Protected is set where clusters.yaml says protect: true.
	Protected bool
	// Unprotected is set where it said so, and says so no more.
	Unprotected bool
	// Added, Changed and Removed count objects.
	Added, Changed, Removed int
	// Outcomes counts objects by what happens with them.
	Outcomes map[Outcome]int
	// Dangers counts dangers.
	Dangers int
}

// A Hub is what changes in the hub itself, which no environment's branch delivers.
type Hub struct {
	// Environments are those of which it has something else then, sorted.
	Environments []string
	// Branch is the one that the hub follows; empty where clusters.yaml does not say it.
	Branch string
	// Delivered is set where flux/hub changes, Files are those in hub/ that do.
	Delivered bool
	Files     []string
}

// A Section is changes that are the same in every one of its scopes but for the name of the cluster.
type Section struct {
	// Scopes has one scope or several, sorted.
	Scopes []Scope
	// Changes are those of each scope. In a section of several clusters, [Placeholder] stands for the cluster's name.
	Changes []Change
}

// Placeholder stands for the name of each cluster in what several clusters share, and EnvironmentPlaceholder for that of
// its environment in the folder of what clusters of several environments share.
// Varying stands for what is not the same in all of them.
const (
	Placeholder            = "<cluster>"
	EnvironmentPlaceholder = "<environment>"
	Varying                = "<varies>"
)

// A Change is one object that differs.
type Change struct {
	// Group, Kind, Namespace and Name identify it. Place is where it is applied: "hub" or "cluster".
	Group, Kind, Namespace, Name, Place string
	// Folder is the folder that delivers it, and Step the step of the chain that does.
	Folder, Step string
	// Outcome is what happens with it, Why the reason and Source where the reason is written down.
	Outcome     Outcome
	Why, Source string
	// Fields are those that differ; empty if the object is added or removed as a whole.
	Fields []Field
	// Before and After are the whole object, nil where there is none; lists of which the order means nothing have that of
	// After. They must not be changed.
	Before, After map[string]any
	// Varies is set where several scopes share the change and Before and After are not the same in all of them. Where fields
	// differ, they are those of the first; where the object comes or goes, what differs is [Varying].
	Varies bool
	// Dangers are those of this object.
	Dangers []Danger
}

// String names the object for people: its kind, namespace and name.
func (c *Change) String() string {
	if c.Namespace == "" {
		return c.Kind + " " + c.Name
	}
	return c.Kind + " " + c.Namespace + "/" + c.Name
}

// A Field is one field of an object that differs.
type Field struct {
	// Path leads to it, such as spec.tags[Team].value: what is in brackets is the key or the value of an element.
	Path string
	// Name is the path without brackets, such as spec.tags.value, by which the table of fields knows it.
	Name string
	// Before and After are the values, nil where there is none.
	Before, After any
	// Order is set where the elements of a list are the same and only their order differs.
	Order bool
	// Outcome is the effect of the change of this field, Why the reason and Source where the reason is documented.
	Outcome     Outcome
	Why, Source string
}

// A Danger is something that a reviewer must not miss.
type Danger struct {
	// Rule is the name of the rule that found it.
	Rule string
	// Message says what happens.
	Message string
	// Objects and Field name what it is about; may be empty.
	Objects []string
	Field   string
	// Scopes are where it happens.
	Scopes []Scope
}

// A Cause is a difference in a file that people write.
type Cause struct {
	// File is clusters/clusters.yaml or a file below patches.
	File string
	// Path is the field of clusters.yaml, such as clusters[dev-1].version; empty for other files.
	Path string
	// BeforeLine and AfterLine count from 1; 0 where it is not there.
	BeforeLine, AfterLine int
	// Before and After are the values in one line of YAML, empty where there is none.
	Before, After string
	// Scopes are those with changes that it can have caused.
	Scopes []Scope
}

// A Problem is a folder that could not be built on one of the sides.
type Problem struct {
	// Side is From or To of the report.
	Side string
	// Message is the location, what is wrong and what to do.
	Message string
}

// String is the hub's part in a line.
func (h *Hub) String() string {
	var notices []string
	if h.Delivered || len(h.Files) == 0 {
		notices = append(notices, layout.HubNotice(h.Environments, h.Branch))
	}
	if len(h.Files) > 0 {
		names := strings.Join(h.Files[:min(3, len(h.Files))], ", ")
		if more := len(h.Files) - 3; more > 0 {
			names += " and " + strconv.Itoa(more) + " more"
		}
		notices = append(notices, names+" changed: it counts when it is deployed as hub/README.md says")
	}
	return strings.Join(notices, "; ")
}

// NeedsReason reports whether a reviewer has to know why.
func (o Outcome) NeedsReason() bool { return o != Create && o != Update }

// Few is how many clusters of an environment are listed one by one.
const Few = 10
