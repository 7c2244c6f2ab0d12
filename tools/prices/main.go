// Command prices writes the on-demand prices of EC2 instances that gen knows: pkg/cost/instances.txt.gz.
//
// In: files {"prices": {REGION: {TYPE: USD an hour}}} (Linux, shared tenancy), each with the day and the name of its source,
// the oldest first: Karpenter's own of a few regions (pkg/providers/pricing/zz_generated.pricing_*.go of
// github.com/aws/karpenter-provider-aws), and those of all (data/instances.json of github.com/cristim/ec2-instances-info).
// A region of a later file replaces that of an earlier. A type whose price changed in a region that both have is left
// out of all others: it changed there, too. China is left out: its prices are not in USD.
// Out: one gzip file whose bytes depend on them alone: its sources, the types, then a line for each region: name, day, prices.
// Run it in tools/, as `task prices` does: prices DATE SOURCE FILE [DATE SOURCE FILE…].
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

const target = "../pkg/cost/instances.txt.gz"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "prices:", err)
		os.Exit(1)
	}
}

// region has the prices of a region, as they are written.
type region struct {
	day    string
	prices map[string]string
}

func run(args []string) error {
	if len(args) < 3 || len(args)%3 != 0 {
		return errors.New("give day, source and file of each, the oldest first")
	}
	regions := map[string]region{}
	var sources []string
	changed := map[string]bool{}
	for i := 0; i < len(args); i += 3 {
		more, err := read(args[i], args[i+2])
		if err != nil {
			return err
		}
		sources = append(sources, args[i+1]+" ("+args[i]+")")
		for name, r := range more {
			for t, price := range r.prices {
				if old, ok := regions[name].prices[t]; ok && old != price {
					changed[t] = true
				}
			}
		}
		for name, r := range regions {
			if _, newer := more[name]; !newer {
				maps.DeleteFunc(r.prices, func(t, _ string) bool { return changed[t] })
			}
		}
		maps.Copy(regions, more)
	}
	return write(strings.Join(sources, ", "), regions)
}

func read(day, file string) (map[string]region, error) {
	content, err := os.ReadFile(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return nil, fmt.Errorf("read the prices: %w", err)
	}
	var list struct {
		Prices map[string]map[string]float64 `json:"prices"`
	}
	if err := json.Unmarshal(content, &list); err != nil {
		return nil, fmt.Errorf("read the prices: %s: %w", file, err)
	}
	regions := map[string]region{}
	for name, prices := range list.Prices {
		if strings.HasPrefix(name, "cn-") {
			continue
		}
		r := region{day, map[string]string{}}
		for t, price := range prices {
			r.prices[t] = strconv.FormatFloat(price, 'f', -1, 64)
		}
		regions[name] = r
	}
	if len(regions) == 0 {
		return nil, fmt.Errorf("%s has no prices", file)
	}
	return regions, nil
}

func write(sources string, regions map[string]region) error {
	known := map[string]bool{}
	for _, r := range regions {
		for t := range r.prices {
			known[t] = true
		}
	}
	types := slices.Sorted(maps.Keys(known))
	text := sources + "\n" + strings.Join(types, " ") + "\n"
	for _, name := range slices.Sorted(maps.Keys(regions)) {
		line := []string{name, regions[name].day}
		for _, t := range types {
			price, ok := regions[name].prices[t]
			if !ok {
				price = "-"
			}
			line = append(line, price)
		}
		text += strings.Join(line, " ") + "\n"
	}
	var packed bytes.Buffer
	stream, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("pack the prices: %w", err)
	}
	if _, err := stream.Write([]byte(text)); err != nil {
		return fmt.Errorf("pack the prices: %w", err)
	}
	if err := stream.Close(); err != nil {
		return fmt.Errorf("pack the prices: %w", err)
	}
	if err := os.WriteFile(target, packed.Bytes(), 0o644); err != nil { //nolint:gosec // a file of the repository
		return fmt.Errorf("write the prices: %w", err)
	}
	return nil
}
