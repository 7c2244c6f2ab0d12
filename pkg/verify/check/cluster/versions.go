package cluster

import (
	"fmt"
	"time"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// notice is how long before its end standard support is told of.
const notice = 60 * 24 * time.Hour

// VersionsCheck holds the Kubernetes version of each cluster to the calendar of EKS.
func VersionsCheck() check.Check {
	return check.Check{
		Name: "versions",
		Doc:  "The Kubernetes version of each cluster is known, and has standard support for at least 60 more days.",
		Why: "When standard support ends, EKS either upgrades the cluster at a time of its own choice (upgradePolicy STANDARD) " +
			"or charges six times as much for it (EXTENDED), and a version in the file that is older than the cluster's is " +
			"refused from then on. This check depends on today's date; it only warns, so that a build does not fail because of the date " +
			"alone unless --strict is given.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range t.Objects() {
				if o.Kind() == (apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Cluster"}) {
					problems = append(problems, version(o, t.Today)...)
				}
			}
			return problems
		},
	}
}

// version is what the calendar says about the version of a cluster on a day; a day of zero asks for known versions only.
func version(o *manifest.Object, today time.Time) diag.List {
	version := o.Text("spec", "version")
	support, known := config.SupportOf(version)
	tell := func(message, hint string) diag.List {
		return diag.List{check.Warning(o.Problem("spec.version", message, hint))}
	}
	switch {
	case version == "":
		return nil // then EKS takes its default, and the file has nothing to say about support
	case !known:
		calendar := config.Calendar()
		return tell(fmt.Sprintf("%q is not a version of Kubernetes on EKS that this gen knows", version),
			fmt.Sprintf("it knows 1.%d to 1.%d; check that EKS offers it", calendar[0].Minor, calendar[len(calendar)-1].Minor))
	case today.IsZero() || support.Standard.IsZero() || today.Before(support.Standard.Add(-notice)):
		return nil
	}
	message, hint := ending(o, support, today)
	return tell(message, hint)
}

// ending says that support for a version ends soon or has ended, what EKS does then (EKS User Guide, "Understand
// the Kubernetes version lifecycle on EKS"; Amazon EKS pricing), and what to do. EKS extends support unless the
// cluster says otherwise.
func ending(o *manifest.Object, support config.Support, today time.Time) (message, hint string) {
	const price = "$0.60 an hour in place of $0.10"
	name, next := fmt.Sprintf("Kubernetes 1.%d", support.Minor), fmt.Sprintf("1.%d", support.Minor+1)
	standard, extended := support.Standard.Format(time.DateOnly), support.Extended.Format(time.DateOnly)
	byEKS := o.Text("spec", "upgradePolicy", "supportType") == "STANDARD"
	soon := fmt.Sprintf("standard support for %s ends on %s, in %s; ", name, standard, days(support.Standard.Sub(today)))
	late := "set the version that the cluster has by now, or " + next + " if EKS was not there yet: ACK cannot go back to an older one"
	switch {
	case !today.Before(support.Extended):
		return fmt.Sprintf("extended support for %s ended on %s, and EKS upgrades the cluster by itself", name, extended), late
	case !today.Before(support.Standard) && byEKS:
		return fmt.Sprintf("standard support for %s ended on %s, and with upgradePolicy STANDARD EKS upgrades the cluster by itself", name, standard), late
	case !today.Before(support.Standard):
		return fmt.Sprintf("%s is in extended support until %s, and costs %s", name, extended, price), "set it to " + next + ", one minor version at a time"
	case byEKS:
		return soon + "with upgradePolicy STANDARD EKS then upgrades the cluster by itself", "set it to " + next + " before, on a day of your choice"
	}
	return soon + "the cluster then costs " + price, "set it to " + next + ", one minor version at a time"
}

// days counts the nights to a day.
func days(d time.Duration) string {
	return check.Count(int((d+24*time.Hour-1)/(24*time.Hour)), "day")
}
