// Command cloudformation writes what internal/cloudformation knows of CloudFormation: the resource types that the templates of
// gen init hub have, with their properties and attributes.
//
// In: AWS's specification of all resource types, as the npm package below has it (Apache-2.0). Out: one JSON file whose bytes
// depend on the package alone. Run it in tools/, as `task cloudformation` does; it needs npm.
package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const (
	source = "@aws-cdk/aws-service-spec@0.1.216"
	target = "../internal/cloudformation/specification.json"
)

// wanted are the resource types of the templates.
func wanted() []string {
	return []string{
		"AWS::EC2::EIP", "AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", "AWS::EC2::Route", "AWS::EC2::RouteTable",
		"AWS::EC2::Subnet", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPC", "AWS::EC2::VPCGatewayAttachment",
		"AWS::EKS::AccessEntry", "AWS::EKS::Capability", "AWS::EKS::Cluster", "AWS::EKS::PodIdentityAssociation",
		"AWS::IAM::ManagedPolicy", "AWS::IAM::OIDCProvider", "AWS::IAM::Role", "AWS::Logs::LogGroup",
	}
}

// database is the part of the package's file that is read.
type database struct {
	Schema struct {
		Resource struct{ Entities []entity }
		Types    struct{ Entities []entity } `json:"typeDefinition"`
	}
}

// entity is a resource type, or the type of a property.
type entity struct {
	ID         string              `json:"$id"`
	Type       string              `json:"cloudFormationType"`
	Properties map[string]property `json:"properties"`
	Attributes map[string]any      `json:"attributes"`
}

type property struct {
	Type     propertyType `json:"type"`
	Required bool         `json:"required,omitempty"`
}

type propertyType struct {
	Type      string            `json:"type"`
	Element   *propertyType     `json:"element,omitempty"`
	Types     []propertyType    `json:"types,omitempty"`
	Reference map[string]string `json:"reference,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "cloudformation:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "cloudformation")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is temporary
	pack := exec.Command("npm", "pack", source, "--pack-destination", dir)
	pack.Stderr = os.Stderr
	if err := pack.Run(); err != nil {
		return fmt.Errorf("npm pack %s: %w", source, err)
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("%d archives in %s: %w", len(archives), dir, errors.Join(err, os.ErrNotExist))
	}
	db, err := read(archives[0])
	if err != nil {
		return fmt.Errorf("read %s: %w", source, err)
	}
	return write(db)
}

// read takes the database out of the package.
func read(archive string) (*database, error) {
	file, err := os.Open(archive)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	packed, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	files := tar.NewReader(packed)
	for {
		header, err := files.Next()
		if err != nil {
			return nil, err
		}
		if header.Name != "package/db.json.gz" {
			continue
		}
		content, err := gzip.NewReader(files)
		if err != nil {
			return nil, err
		}
		var db database
		return &db, json.NewDecoder(io.Reader(content)).Decode(&db)
	}
}

// write keeps the wanted resource types, and the types that their properties have.
func write(db *database) error {
	out := struct {
		Source    string                         `json:"source"`
		Resources map[string]map[string]any      `json:"resources"`
		Types     map[string]map[string]property `json:"types"`
	}{source, map[string]map[string]any{}, map[string]map[string]property{}}
	types := map[string]entity{}
	for _, e := range db.Schema.Types.Entities {
		types[e.ID] = e
	}
	var keep func(map[string]property)
	keep = func(properties map[string]property) {
		for _, p := range properties {
			for _, id := range p.Type.references() {
				if _, done := out.Types[id]; !done {
					out.Types[id] = types[id].Properties
					keep(types[id].Properties)
				}
			}
		}
	}
	for _, e := range db.Schema.Resource.Entities {
		if !slices.Contains(wanted(), e.Type) {
			continue
		}
		attributes := []string{}
		for name := range e.Attributes {
			attributes = append(attributes, name)
		}
		slices.Sort(attributes)
		out.Resources[e.Type] = map[string]any{"attributes": attributes, "properties": e.Properties}
		keep(e.Properties)
	}
	for _, name := range wanted() {
		if out.Resources[name] == nil {
			return fmt.Errorf("%s does not have %s", source, name)
		}
	}
	content, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d resource types, %d bytes\n", strings.TrimPrefix(target, "../"), len(out.Resources), len(content))
	return os.WriteFile(target, append(content, '\n'), 0o644)
}

// references are the types that this one is made of.
func (t propertyType) references() []string {
	var ids []string
	if id := t.Reference["$ref"]; id != "" {
		ids = append(ids, id)
	}
	if t.Element != nil {
		ids = append(ids, t.Element.references()...)
	}
	for _, inner := range t.Types {
		ids = append(ids, inner.references()...)
	}
	return ids
}
