package cost

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// rateNames are the prices of regions.
func rateNames() []string {
	return []string{
		"controlPlaneHour", "extendedSupportHour", "tierXLHour", "tier2XLHour", "tier4XLHour", "tier8XLHour", "natGatewayHour",
		"interfaceEndpointHour", "publicIPv4Hour", "kmsKeyMonth", "logIngestionGB", "hostedZoneMonth",
	}
}

// The parts of a file with prices.
const (
	keyDate      = "date"
	keyRates     = "rates"
	keyRegions   = "regions"
	keyInstances = "instances"
	keyFees      = "autoModeFees"
	keyShares    = "autoModeShare"
)

// Override lays a file of the form of rates.yaml over the prices. The problems are all that is wrong with it.
func (p *Prices) Override(file string, source []byte) diag.List {
	over, problems := parse(file, source)
	if len(problems) > 0 {
		return problems.Quote(file, source)
	}
	p.lay(over)
	return nil
}

// reader reads a file with prices.
type reader struct {
	file     string
	problems diag.List
}

func (r *reader) fail(n *yaml.Node, path, message, hint string) {
	r.problems = append(r.problems, diag.Problem{File: r.file, Line: n.Line, Column: n.Column, Path: path, Message: message, Hint: hint})
}

func parse(file string, source []byte) (*Prices, diag.List) {
	p := &Prices{
		Rates: map[string]float64{}, Regions: map[string]map[string]float64{}, Instances: map[string]map[string]float64{},
		Fees: map[string]map[string]float64{}, Shares: map[string]float64{}, days: map[string]string{}, given: map[string]bool{},
	}
	r := &reader{file: file}
	root, problem := document(source)
	if problem != nil {
		problem.File = file
		return p, diag.List{*problem}
	}
	r.each(root, "", func(key, value *yaml.Node) {
		switch key.Value {
		case keyDate:
			p.Date = value.Value
		case keyRates:
			p.Rates = r.prices(value, keyRates, r.rateName)
		case keyRegions:
			p.Regions = r.byRegion(value, keyRegions, r.rateName)
		case keyInstances:
			p.Instances = r.byRegion(value, keyInstances, r.instanceType)
		case keyFees:
			p.Fees = r.byRegion(value, keyFees, r.instanceType)
		case keyShares:
			p.Shares = r.prices(value, keyShares, r.category)
		default:
			r.unknown(key, "", []string{keyDate, keyRates, keyRegions, keyInstances, keyFees, keyShares})
		}
	})
	return p, r.problems.Sort()
}

// document is the root of a file.
func document(source []byte) (*yaml.Node, *diag.Problem) {
	var node yaml.Node
	err := yaml.Unmarshal(source, &node)
	var load *yaml.LoadError
	switch {
	case errors.As(err, &load):
		return nil, &diag.Problem{Line: max(1, load.Mark.Line), Column: max(1, load.Mark.Column), Message: "not valid YAML: " + load.Message, Hint: "check the indentation and the quotes here"}
	case err != nil:
		return nil, &diag.Problem{Line: 1, Column: 1, Message: "not valid YAML: " + err.Error(), Hint: "check the indentation and the quotes here"}
	case len(node.Content) == 0:
		return nil, &diag.Problem{Line: 1, Column: 1, Message: "the file is empty", Hint: "write rates, regions or instances with prices, as docs/cost.md says"}
	}
	return node.Content[0], nil
}

// each calls read for every key of a mapping, and finds those that are there twice.
func (r *reader) each(n *yaml.Node, path string, read func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, path, "this is no mapping", "write names and prices, such as natGatewayHour: 0.05")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] {
			r.fail(key, join(path, key.Value), "this is here twice", "leave one of them")
		}
		seen[key.Value] = true
		read(key, value)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// prices reads names and prices; known reports a name that there is not.
func (r *reader) prices(n *yaml.Node, path string, known func(key *yaml.Node, path string)) map[string]float64 {
	found := map[string]float64{}
	r.each(n, path, func(key, value *yaml.Node) {
		known(key, path)
		price, err := strconv.ParseFloat(value.Value, 64)
		if value.Kind != yaml.ScalarNode || err != nil || !(price >= 0 && price < 1e6) {
			r.fail(value, join(path, key.Value), fmt.Sprintf("%q is no price", value.Value), "write USD as a number, such as 0.05")
			return
		}
		found[key.Value] = price
	})
	return found
}

func (r *reader) byRegion(n *yaml.Node, path string, known func(key *yaml.Node, path string)) map[string]map[string]float64 {
	found := map[string]map[string]float64{}
	r.each(n, path, func(key, value *yaml.Node) {
		if !regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]$`).MatchString(key.Value) {
			r.fail(key, path, fmt.Sprintf("%q is not an AWS region", key.Value), "write one such as eu-west-2")
		}
		found[key.Value] = r.prices(value, join(path, key.Value), known)
	})
	return found
}

func (r *reader) rateName(key *yaml.Node, path string) {
	if !slices.Contains(rateNames(), key.Value) {
		r.unknown(key, path, rateNames())
	}
}

func (r *reader) instanceType(key *yaml.Node, path string) {
	if !regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`).MatchString(key.Value) {
		r.fail(key, path, fmt.Sprintf("%q is not an instance type", key.Value), "write family and size, such as m7g.xlarge")
	}
}

func (r *reader) category(key *yaml.Node, path string) {
	if !regexp.MustCompile(`^[a-z]+$`).MatchString(key.Value) {
		r.fail(key, path, fmt.Sprintf("%q is not an instance category", key.Value), "write the letters that its types begin with, such as g, or default")
	}
}

func (r *reader) unknown(key *yaml.Node, path string, names []string) {
	hint := "one of " + strings.Join(names, ", ")
	if near := diag.Nearest(key.Value, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.fail(key, join(path, key.Value), "unknown price", hint)
}
