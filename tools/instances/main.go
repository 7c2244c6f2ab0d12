// Command instances writes the EC2 instance types that gen knows: pkg/instance/types.txt.gz.
//
// In: the page "Instance Types" of Karpenter's documentation (website/content/en/preview/reference/instance-types.md of
// github.com/aws/karpenter-provider-aws), which Karpenter generates from the EC2 API and which has every label of every
// type; and where each was offered, of which only the names of types and regions are taken (data/instances.json of
// github.com/cristim/ec2-instances-info). Out: one gzip file whose bytes depend on them alone. Its first lines say what
// they are, then comes a line for each type: name, the values of the labels in the order of the head, regions as bits.
// Run it in tools/, as `task instances` does: instances VERSION PAGE DATE OFFERS.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"slices"
	"strings"
)

const (
	target = "../pkg/instance/types.txt.gz"
	// domain is Karpenter's on EC2; Auto Mode has the same labels in its own.
	domain = "karpenter.k8s.aws/"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "instances:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 4 {
		return errors.New("give the version of Karpenter, its page, the date of the offers, and their file")
	}
	types, err := readPage(args[1])
	if err != nil {
		return err
	}
	offers, err := readOffers(args[3])
	if err != nil {
		return err
	}
	return write(fmt.Sprintf("Karpenter %s\n%s\n", args[0], args[2]), types, offers)
}

// readPage returns the labels of each type: lines such as "|LABEL|VALUE|" below headings "### `TYPE`" and "#### Labels".
func readPage(file string) (map[string]map[string]string, error) {
	page, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read the types: %w", err)
	}
	defer page.Close() //nolint:errcheck // it is only read
	types := map[string]map[string]string{}
	var labels map[string]string
	inLabels := false
	lines := bufio.NewScanner(page)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if name, ok := strings.CutPrefix(line, "### `"); ok {
			labels = map[string]string{}
			types[strings.TrimSuffix(name, "`")] = labels
		}
		if heading, ok := strings.CutPrefix(line, "#### "); ok {
			inLabels = heading == "Labels"
		}
		if cells := strings.Split(line, "|"); inLabels && len(cells) == 4 && strings.Contains(cells[1], "/") && cells[1] != "kubernetes.io/os" {
			labels[cells[1]] = cells[2]
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the types: %w", err)
	}
	if len(types) < 500 {
		return nil, fmt.Errorf("%s has %d types: it is another page, or has another form now", file, len(types))
	}
	return types, nil
}

// readOffers returns the regions of each type.
func readOffers(file string) (map[string][]string, error) {
	content, err := os.ReadFile(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return nil, fmt.Errorf("read the offers: %w", err)
	}
	var list []struct {
		Type    string `json:"instance_type"`
		Pricing map[string]struct {
			Linux *struct {
				OnDemand string `json:"ondemand"`
			} `json:"linux"`
		} `json:"pricing"`
	}
	if err := json.Unmarshal(content, &list); err != nil {
		return nil, fmt.Errorf("read the offers: %w", err)
	}
	offers := map[string][]string{}
	for _, item := range list {
		for region, price := range item.Pricing {
			// A region has two dashes; local zones and wavelength zones have more.
			if strings.Count(region, "-") == 2+strings.Count(region, "-gov-") && price.Linux != nil && price.Linux.OnDemand != "" {
				offers[item.Type] = append(offers[item.Type], region)
			}
		}
	}
	return offers, nil
}

func write(sources string, types map[string]map[string]string, offers map[string][]string) error {
	labels, regions := map[string]bool{}, map[string]bool{}
	for name, values := range types {
		for label := range values {
			labels[label] = true
		}
		for _, region := range offers[name] {
			regions[region] = true
		}
	}
	head, places := slices.Sorted(maps.Keys(labels)), slices.Sorted(maps.Keys(regions))
	var text strings.Builder
	text.WriteString(sources + strings.ReplaceAll(strings.Join(head, " "), domain, "eks.amazonaws.com/") + "\n" + strings.Join(places, " ") + "\n")
	for _, name := range slices.Sorted(maps.Keys(types)) {
		text.WriteString(name)
		for _, label := range head {
			value, ok := types[name][label]
			if !ok {
				value = "-"
			}
			text.WriteString("\t" + value)
		}
		bits := new(big.Int)
		for _, region := range offers[name] {
			bits.SetBit(bits, slices.Index(places, region), 1)
		}
		text.WriteString("\t" + bits.Text(16) + "\n")
	}
	var packed bytes.Buffer
	stream, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("pack the types: %w", err)
	}
	if _, err := stream.Write([]byte(text.String())); err != nil {
		return fmt.Errorf("pack the types: %w", err)
	}
	if err := stream.Close(); err != nil {
		return fmt.Errorf("pack the types: %w", err)
	}
	if err := os.WriteFile(target, packed.Bytes(), 0o644); err != nil { //nolint:gosec // a file of the repository
		return fmt.Errorf("write the types: %w", err)
	}
	return nil
}
