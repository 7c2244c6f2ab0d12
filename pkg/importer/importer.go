// Package importer turns descriptions of existing clusters into a clusters.yaml that takes them over.
//
// In: files of the AWS CLI, of eksctl and of Terraform. Out: clusters.yaml, and a note for everything in the input that does not map.
// It reads and writes nothing itself.
package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// A File is one file of the input.
type File struct {
	// Name is how people call it.
	Name string
	// Content is JSON or YAML.
	Content []byte
}

// input is everything that was read.
type input struct {
	documents    []*document
	clusters     []*cluster
	associations map[string]account
	problems     diag.List
	// jobs are read in order of their rank: a subnet has a meaning only when its VPC is known.
	jobs []job
}

type job struct {
	rank int
	run  func()
}

// The ranks of jobs. What AWS says comes before what others have written.
const (
	rankCluster = iota
	rankAssociation
	rankRest
	rankTerraform
	rankEksctl
)

func (in *input) later(rank int, run func()) { in.jobs = append(in.jobs, job{rank, run}) }

// Fleet generates clusters.yaml from the files. The problems are what prevents it, and notes on what does not map.
func Fleet(files []File, settings Settings) ([]byte, diag.List) {
	in := &input{associations: map[string]account{}}
	for _, file := range files {
		in.open(file)
	}
	slices.SortStableFunc(in.jobs, func(a, b job) int { return cmp.Compare(a.rank, b.rank) })
	for _, j := range in.jobs {
		j.run()
	}
	in.check()
	if in.problems.HasErrors() {
		return nil, in.problems.Sort()
	}
	content, problems := write(in.clusters, settings)
	in.problems = append(in.problems, problems...)
	in.leftovers()
	return content, in.problems.Sort()
}

// open parses a file and finds out what it is.
func (in *input) open(file File) {
	loader := yaml.NewDecoder(strings.NewReader(string(file.Content)))
	documents := 0
	for {
		var root yaml.Node
		err := loader.Decode(&root)
		if err != nil {
			if documents == 0 || !errors.Is(err, io.EOF) {
				in.problems = append(in.problems, diag.Problem{File: file.Name, Line: 1, Column: 1, Message: "is neither JSON nor YAML", Hint: known})
			}
			return
		}
		documents++
		d := &document{file: file.Name, root: root.Content[0], seen: map[*yaml.Node]bool{}}
		in.documents = append(in.documents, d)
		in.recognise(value{doc: d, node: d.root, key: d.root})
	}
}

// known is the hint that lists what can be read.
const known = "gen import reads aws eks describe-cluster and what goes with it, an eksctl ClusterConfig, and terraform show -json"

// recognise plans the reading of a document by the fields that only one kind has.
func (in *input) recognise(v value) {
	for _, kind := range kinds() {
		if v.get(kind.field).exists() {
			in.later(kind.rank, func() { kind.read(in, v) })
			return
		}
	}
	in.problems = append(in.problems, v.problem("is nothing that gen import knows", known))
}

type kind struct {
	field string
	rank  int
	read  func(*input, value)
}

func kinds() []kind {
	inside := func(field string, read func(*input, value)) func(*input, value) {
		return func(in *input, v value) { read(in, v.get(field)) }
	}
	return []kind{
		{"cluster", rankCluster, inside("cluster", (*input).describeCluster)},
		{"association", rankAssociation, inside("association", (*input).describeAssociation)},
		{"accessEntry", rankRest, inside("accessEntry", (*input).describeEntry)},
		{"associatedAccessPolicies", rankRest, (*input).listPolicies},
		{"accessEntries", rankRest, (*input).listEntries},
		{"addon", rankRest, inside("addon", (*input).describeAddon)},
		{"addons", rankEksctl, (*input).addonsOrConfig},
		{"autoModeConfig", rankEksctl, (*input).eksctl},
		{"apiVersion", rankEksctl, (*input).eksctl},
		{"Subnets", rankRest, (*input).describeSubnets},
		{"Vpcs", rankRest, func(_ *input, v value) { v.get("Vpcs").done() }},
		{"logGroups", rankRest, (*input).describeLogGroups},
		{"terraform_version", rankTerraform, (*input).terraform},
		{"format_version", rankTerraform, (*input).terraform},
	}
}

// addonsOrConfig tells aws eks list-addons from a ClusterConfig, which has addons too.
func (in *input) addonsOrConfig(v value) {
	if v.get("apiVersion").exists() {
		in.eksctl(v)
		return
	}
	in.listAddons(v)
}

// cluster is the one of a name, which is new if no file has named it yet.
func (in *input) cluster(name value) *cluster {
	for _, c := range in.clusters {
		if c.name == name.text() {
			return c
		}
	}
	in.clusters = append(in.clusters, &cluster{name: name.text(), at: name})
	return in.clusters[len(in.clusters)-1]
}

// clusterOf is the cluster that a file is about; the only one, if the file names none.
func (in *input) clusterOf(name value) *cluster {
	for _, c := range in.clusters {
		if c.name == name.text() || !name.exists() && len(in.clusters) == 1 {
			return c
		}
	}
	in.problems = append(in.problems, name.problem("no file describes this cluster", "add the output of aws eks describe-cluster for it"))
	return nil
}

// autoMode notes whether the three switches of Auto Mode are on (Amazon EKS User Guide: Enable EKS Auto Mode on an existing cluster).
func (in *input) autoMode(c *cluster, at value, switches ...value) {
	var off []string
	for _, s := range switches {
		if !s.is() {
			off = append(off, s.path[len(at.path)+1:])
		}
	}
	if len(off) > 0 {
		in.problems = append(in.problems, at.problem(fmt.Sprintf("cluster %q has no Auto Mode: %s is not true", c.name, strings.Join(off, ", ")),
			"gen is for clusters with Auto Mode; turn it on first (Amazon EKS User Guide: Enable EKS Auto Mode on an existing cluster)"))
	}
}

func (in *input) outposts(v value) {
	if v.exists() && !v.empty() {
		in.problems = append(in.problems, v.problem("the cluster is on AWS Outposts, where Auto Mode is not", "leave this cluster out"))
	}
}

// leftovers notes what nobody has read.
func (in *input) leftovers() {
	for _, d := range in.documents {
		(value{doc: d, node: d.root, key: d.root}).rest(func(v value) {
			p := v.problem("is not taken over", "")
			p.Severity = diag.Note
			p.Hint = fate(v.path)
			in.problems = append(in.problems, p)
		})
	}
}

// fate says what becomes of something that is not taken over.
func fate(path string) string {
	switch {
	case strings.Contains(path, "tags"):
		return "ACK takes it off when adopt.mode is full"
	case strings.Contains(path, "odeGroups"), strings.Contains(path, "fargateProfiles"):
		return "it goes on running; move its pods to node pools of Auto Mode, then delete it"
	case strings.Contains(path, "remoteNetworkConfig"):
		return "write it as network.remoteNodeNetworks and remotePodNetworks; ACK leaves it as it is"
	case strings.HasPrefix(path, "iamIdentityMappings"):
		return "write who is in the ConfigMap aws-auth under access: with authenticationMode API only access entries count"
	case path == "karpenter":
		return "Auto Mode has its own Karpenter: uninstall this one when none of its nodes is left"
	case path == "iam":
		return "service accounts keep their roles; gen makes associations of add-ons and releases alone"
	}
	return "it stays as it is"
}
