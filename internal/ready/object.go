package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"sigs.k8s.io/yaml"
)

// object is one that gen makes, and how far ACK is with it.
type object struct {
	kind, group, name string
	content           map[string]any
	// variable is set if Flux puts the value of a variable into it.
	variable bool
	// refers are the objects that it refers to, needs those that AWS needs for it besides.
	refers, needs []*object

	// failures counts the looks since the last one that did not fail.
	failures  int
	created   bool
	available time.Duration
	synced    string
	syncedAt  time.Duration
}

func readObject(document []byte) (*object, error) {
	o := &object{variable: isSubstituted(document), content: map[string]any{}}
	if err := yaml.Unmarshal(document, &o.content); err != nil {
		return nil, fmt.Errorf("read an object: %w", err)
	}
	o.kind, o.name = o.text("kind"), o.text("metadata", "name")
	if group, _, ok := strings.Cut(o.text("apiVersion"), "/"); ok {
		o.group = group
	}
	return o, nil
}

// fresh is the object of which nothing has been done.
func (o *object) fresh() *object {
	return &object{kind: o.kind, group: o.group, name: o.name, content: o.content, variable: o.variable}
}

func (o *object) id() string { return o.kind + "/" + o.name }

func (o *object) at(path ...string) any {
	var value any = o.content
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

func (o *object) text(path ...string) string {
	text, _ := o.at(path...).(string)
	return text
}

// connect finds what the objects of the chain refer to, and what else AWS needs for them.
func (c chain) connect() error {
	byID := map[string]*object{}
	for _, s := range c {
		for _, o := range s.objects {
			byID[o.id()] = o
		}
	}
	find := func(o *object, id string) (*object, error) {
		if byID[id] == nil {
			return nil, fmt.Errorf("%s refers to %s, which is not there", o.id(), id)
		}
		return byID[id], nil
	}
	for _, o := range byID {
		ids, err := references(o.at("spec"))
		if err != nil {
			return fmt.Errorf("%s: %w", o.id(), err)
		}
		for _, id := range ids {
			other, err := find(o, id)
			if err != nil {
				return err
			}
			o.refers = append(o.refers, other)
		}
		for _, id := range needed(o) {
			other, err := find(o, id)
			if err != nil {
				return err
			}
			o.needs = append(o.needs, other)
		}
	}
	return nil
}

// needed are what AWS needs for an object and its specification does not refer to: the cluster, which gen names, and what the variables
// are taken from.
func needed(o *object) []string {
	var ids []string
	switch {
	case o.text("spec", "clusterName") != "":
		ids = append(ids, "Cluster/"+o.text("spec", "clusterName"))
	case o.kind == "FieldExport":
		ids = append(ids, o.text("spec", "from", "resource", "kind")+"/"+o.text("spec", "from", "resource", "name"))
	case o.kind == "Cluster" && o.variable:
		ids = append(ids, "Key/"+o.name)
	case o.kind == "ConfigMap" && o.name == "key-facts":
		ids = append(ids, "FieldExport/key-arn")
	case o.kind == "ConfigMap" && o.name == "cluster-facts":
		ids = append(ids, "FieldExport/oidc-issuer")
	case o.variable: // the OIDC provider and the roles that trust it
		ids = append(ids, "Cluster/"+cluster)
	}
	return ids
}

// references lists what a specification refers to: fields that end in Ref or Refs (ACK documentation: Cross-resource references).
func references(value any) ([]string, error) {
	var ids []string
	add := func(more []string, err error) error {
		ids = append(ids, more...)
		return err
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if err := add(references(item)); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for field, item := range v {
			base := strings.TrimSuffix(strings.TrimSuffix(field, "s"), "Ref")
			var err error
			if base != strings.TrimSuffix(field, "s") {
				err = add(referred(base, item))
			} else {
				err = add(references(item))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return ids, nil
}

// referred are what a field refers to, by the kind that its name stands for.
func referred(field string, value any) ([]string, error) {
	kind, ok := map[string]string{
		"allocation": "ElasticIPAddress", "gateway": "InternetGateway", "hostedZone": "HostedZone", "natGateway": "NATGateway", "role": "Role",
		"routeTable": "RouteTable", "securityGroup": "SecurityGroup", "subnet": "Subnet", "targetKey": "Key", "vpc": "VPC",
	}[field]
	if !ok {
		return nil, fmt.Errorf("nothing is known of the kind that %sRef refers to", field)
	}
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	var ids []string
	for _, item := range list {
		o := object{content: map[string]any{"ref": item}}
		ids = append(ids, kind+"/"+o.text("ref", "from", "name"))
	}
	return ids, nil
}

// isSubstituted reports whether Flux puts the value of a variable into an object.
func isSubstituted(document []byte) bool {
	return bytes.Contains(document, []byte("${")) && !bytes.Contains(document, []byte("kustomize.toolkit.fluxcd.io/substitute: disabled"))
}
