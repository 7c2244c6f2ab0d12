// Package hub generates the files from which people create the hub: the cluster that runs Flux and ACK for the fleet.
//
// In: the fleet. Out: CloudFormation templates for the hub and for each account, what the hub's Flux applies there,
// a Taskfile, and the steps in order; and the state of the existing files. It writes nothing.
package hub

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

const (
	// Command is what people call to get these files; messages and comments name it.
	Command = "gen init hub"
	// Dir is the folder of the files.
	Dir = "hub"

	hubTemplate     = Dir + "/hub.cfn.yaml"
	accountTemplate = Dir + "/account.cfn.yaml"
	ackFolder       = Dir + "/ack"

	capabilityType = "AWS::EKS::Capability"
)

// The ways in which ACK comes to the hub.
const (
	// Charts are ACK's Helm charts.
	Charts = "charts"
	// Managed is the EKS capability ACK: AWS runs the controllers.
	Managed = "managed"
)

// Options are what the fleet does not say.
type Options struct {
	// ACK is Charts or Managed; empty for what the files that are there say, and else Charts.
	ACK string
}

// Files makes the files. repository is read for what is there already.
func Files(repository fs.FS, fleet *config.Fleet, opts Options) (*Result, diag.List, error) {
	var err error
	if opts.ACK == "" {
		if opts.ACK, err = present(repository); err != nil {
			return nil, nil, err
		}
	}
	groups, err := groupsByAccount(fleet)
	if err != nil {
		return nil, nil, err
	}
	m := maker{fleet: fleet, accounts: accountsOf(fleet, groups), managed: opts.ACK == Managed, tree: layout.NewTree()}
	if problems := m.check(); len(problems) > 0 {
		return nil, problems, nil
	}
	if m.patched, err = exists(repository, "patches"); err != nil {
		return nil, nil, err
	}
	if err := m.make(); err != nil {
		return nil, nil, err
	}
	result, err := compare(repository, m.tree)
	return result, nil, err
}

// present is the way in which ACK comes to the hub that is there already: its template has the capability, or it has not.
// The folder of the charts says less: after --ack managed it stays until somebody deletes it.
func present(repository fs.FS) (string, error) {
	template, _, err := read(repository, hubTemplate)
	if strings.Contains(template, capabilityType) {
		return Managed, err
	}
	return Charts, err
}

func exists(repository fs.FS, name string) (bool, error) {
	_, err := fs.Stat(repository, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", name, err)
	}
	return true, nil
}

// maker collects files.
type maker struct {
	fleet            *config.Fleet
	accounts         []account
	managed, patched bool
	tree             *layout.Tree
}

// check says what clusters.yaml says that cannot be made.
func (m *maker) check() diag.List {
	var problems diag.List
	fault := func(message, hint string) {
		problems = append(problems, diag.Problem{File: layout.ClustersFile, Message: message, Hint: hint})
	}
	if m.fleet.Hub.AccountID == "" {
		fault("hub.accountID is missing", `add hub: {accountID: "…"}, the AWS account that the hub is to be in`)
	}
	if len(m.accounts) == 0 {
		fault("no environment has an accountID, so the hub has nothing to reach", "add an environment with branch, accountID and region")
	}
	if m.fleet.Hub.ACK == config.ACKSelectors {
		return problems
	}
	if m.managed {
		fault("hub.ack is accountMap, which managed ACK does not know", "write hub: {ack: selectors}, or run "+Command+" --ack charts")
	}
	for _, a := range m.accounts {
		if len(a.roles) > 1 {
			fault(fmt.Sprintf("account %s has %d ACK roles, and an account map has one for each account", a.id, len(a.roles)),
				"write hub: {ack: selectors}, or the same ackRoleARN for the environments of the account")
		}
	}
	return problems
}

// make makes all files.
func (m *maker) make() error {
	stack, err := hubStack(m.fleet, m.managed)
	if err != nil {
		return err
	}
	account, err := m.accountStack()
	if err != nil {
		return err
	}
	tasks, err := taskfile(m.fleet)
	if err != nil {
		return err
	}
	for file, content := range map[string][]byte{
		hubTemplate: stack, accountTemplate: account, Dir + "/Taskfile.yml": tasks,
	} {
		if err := m.tree.Add(file, marked(file, content)); err != nil {
			return err
		}
	}
	if err := m.tree.Add(Dir+"/README.md", marked(Dir+"/README.md", []byte(m.readme()))); err != nil {
		return err
	}
	return m.manifests()
}

// manifests makes what the hub's Flux applies.
func (m *maker) manifests() error {
	flux, err := instance(m.fleet)
	if err != nil {
		return err
	}
	operator, err := release(FluxNamespace, "flux-operator", operatorChart, operatorVersion, nil)
	if err != nil {
		return err
	}
	for _, o := range operator {
		o.SetAnnotations(map[string]string{resource.PruneAnnotation: "disabled"})
	}
	if err := m.folder(Dir+"/flux", map[string][]resource.Object{
		"instance.yaml": {flux}, "operator.yaml": operator, "fleet.yaml": deliveries(m.managed),
	}); err != nil || m.managed {
		return err
	}
	files := map[string][]resource.Object{"namespace.yaml": {namespace(Namespace)}}
	if m.fleet.Hub.ACK == config.ACKAccountMap {
		files["accounts.yaml"] = []resource.Object{accountMap(m.accounts)}
	}
	for _, c := range controllers() {
		if files[c.service+".yaml"], err = ackRelease(m.fleet, c); err != nil {
			return err
		}
	}
	return m.folder(ackFolder, files)
}

// folder adds files and the kustomization.yaml that names them.
func (m *maker) folder(dir string, files map[string][]resource.Object) error {
	var names []string
	for name, objects := range files {
		content, err := resource.Encode(objects...)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", dir, name, err)
		}
		if err := m.tree.Add(dir+"/"+name, marked(name, content)); err != nil {
			return err
		}
		names = append(names, name)
	}
	slices.Sort(names)
	content, err := resource.EncodeTree(object{
		"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": texts(names),
	})
	if err != nil {
		return fmt.Errorf("%s/kustomization.yaml: %w", dir, err)
	}
	return m.tree.Add(dir+"/kustomization.yaml", marked("kustomization.yaml", content))
}
