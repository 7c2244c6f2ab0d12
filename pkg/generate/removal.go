package generate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

// Delivered is a cluster that is on disk, as its generated namespace tells.
type Delivered struct {
	Environment, Name string
	// State is that of the last run, or read-only while ACK only looked at it; Protected whether its environment was then.
	State     string
	Protected bool
	// Delivery is hub, agent or handover.
	Delivery string
	// AccountID is the AWS account that it is in; empty where the file cannot be read.
	AccountID string
}

// FindDelivered lists the clusters on disk, sorted by path. The problems are what stands in the place of a file: it may hide
// that a cluster must not be removed. The error is that of reading.
func FindDelivered(repository fs.FS) (found []Delivered, problems diag.List, err error) {
	files, err := fs.Glob(repository, layout.DeliveryDir("*", "*")+"/namespace.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("look for clusters: %w", err)
	}
	for _, file := range files {
		content, err := readfile.Read(repository, file)
		if problem, ok := readfile.Problem(err); ok {
			problems = append(problems, problem)
			continue
		}
		if errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(string(content), layout.Marker) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("look for clusters: %w", err)
		}
		var namespace struct {
			Metadata struct {
				Annotations map[string]string `json:"annotations"`
			} `json:"metadata"`
		}
		// A file that cannot be read as YAML counts as that of an active, protected cluster.
		broken := yaml.Unmarshal(content, &namespace) != nil
		parts := strings.Split(file, "/")
		found = append(found, Delivered{
			Environment: parts[1], Name: parts[2],
			State:     namespace.Metadata.Annotations[flux.StateAnnotation],
			Delivery:  cmp.Or(namespace.Metadata.Annotations[flux.DeliveryAnnotation], config.DeliveryHub),
			AccountID: namespace.Metadata.Annotations[ack.OwnerAccountID],
			Protected: broken || namespace.Metadata.Annotations[flux.ProtectAnnotation] == "true",
		})
	}
	return found, problems, nil
}

// CheckRemovals refuses to drop a cluster that is on disk and no longer in the fleet. Removing it from the
// branch makes Flux delete it in AWS, so it must have been retiring before, or be named in allowed; in a
// protected environment both.
func CheckRemovals(fleet *config.Fleet, delivered []Delivered, allowed []string) diag.List {
	var problems diag.List
	clusters := byName(fleet)
	added := undelivered(fleet, delivered)
	for _, d := range delivered {
		if clusters[d.id()] != nil {
			continue
		}
		retiring, named := d.State == config.StateRetiring, slices.Contains(allowed, d.Name)
		looked := d.State == config.AdoptReadOnly // what ACK only looks at stays in AWS
		if retiring && (named || !d.Protected) || named && (!d.Protected || looked) {
			continue
		}
		problem := refusal(d, retiring)
		if names := added[d.Environment]; len(names) == 1 && !looked && !retiring {
			problem.Hint = fmt.Sprintf("EKS cannot rename a cluster: if %q is meant to be this one, give it its old name back; else %s", names[0], problem.Hint)
		}
		problems = append(problems, problem)
	}
	return problems
}

// undelivered are the clusters of the fleet that are not on disk, by environment: one of them may be another name for one that is.
func undelivered(fleet *config.Fleet, delivered []Delivered) map[string][]string {
	known := map[string]bool{}
	for _, d := range delivered {
		known[d.id()] = true
	}
	names := map[string][]string{}
	for _, c := range fleet.Clusters {
		if !known[(Delivered{Name: c.Name, Environment: c.Environment}).id()] {
			names[c.Environment] = append(names[c.Environment], c.Name)
		}
	}
	return names
}

func refusal(d Delivered, retiring bool) diag.Problem {
	problem := diag.Problem{
		File: layout.ClustersFile, Line: 1, Column: 1, Path: "clusters",
		Message: fmt.Sprintf("cluster %q of environment %q is gone from the file: Flux would delete it in AWS", d.Name, d.Environment),
	}
	putBack := `put it back with "state: retiring", run gen clusters, push, and remove it when its node pools are gone`
	switch {
	case d.State == config.AdoptReadOnly:
		problem.Message = fmt.Sprintf("cluster %q of environment %q is gone from the file, and ACK only observes it: it stays in AWS", d.Name, d.Environment)
		problem.Hint = fmt.Sprintf("if that is meant, run gen clusters --allow-destroy %s", d.Name)
	case retiring:
		problem.Hint = fmt.Sprintf("its environment is protected: if that is meant, run gen clusters --allow-destroy %s", d.Name)
	case d.Protected:
		problem.Hint = fmt.Sprintf("%s, then with --allow-destroy %s, because its environment is protected", putBack, d.Name)
	default:
		problem.Hint = fmt.Sprintf("%s; or run gen clusters --allow-destroy %s to leave load balancers and DNS records behind", putBack, d.Name)
	}
	return problem
}

// byName are the clusters of a fleet by environment and name, so that nobody has to look through all of them for each one on disk.
func byName(fleet *config.Fleet) map[string]*config.Cluster {
	clusters := make(map[string]*config.Cluster, len(fleet.Clusters))
	for i := range fleet.Clusters {
		clusters[fleet.Clusters[i].Environment+"/"+fleet.Clusters[i].Name] = &fleet.Clusters[i]
	}
	return clusters
}

// id is what byName knows a cluster by.
func (d Delivered) id() string { return d.Environment + "/" + d.Name }
