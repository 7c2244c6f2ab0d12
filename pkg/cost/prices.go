package cost

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // for the prices
	"fmt"
	"io"
	"maps"
	"math"
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/config"
)

// packed is written by `task prices`: its sources, the instance types, then a line for each region.
//
//go:embed instances.txt.gz
var packed []byte

//go:embed rates.yaml
var rates []byte

// Prices are what AWS charges, in USD.
type Prices struct {
	// Date is the day of the rates, Source where the prices of instances are from.
	Date, Source string
	// Rates are by name, of every region of the partition aws that has none of its own; Regions are those of regions.
	Rates   map[string]float64
	Regions map[string]map[string]float64
	// Instances are the on-demand prices an hour by region and type, Fees what Auto Mode charges for one where it is
	// known to the cent, Shares what it charges else, as a share of the on-demand price by instance category.
	Instances, Fees map[string]map[string]float64
	Shares          map[string]float64
	// days are those of the prices of instances, by region.
	days map[string]string
	// given are the instance types that a file of the user has prices of.
	given map[string]bool
}

// Load reads the prices that are built in.
func Load() (*Prices, error) {
	p, problems := parse("rates.yaml", rates)
	if len(problems) > 0 {
		return nil, fmt.Errorf("read the prices: %s", problems[0])
	}
	stream, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the prices of instances: %w", err)
	}
	if err := p.instances(stream); err != nil {
		return nil, fmt.Errorf("read the prices of instances: %w", err)
	}
	return p, nil
}

// instances reads the packed file.
func (p *Prices) instances(stream io.Reader) error {
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, 1<<20)
	var types []string
	for i := 0; lines.Scan(); i++ {
		words := strings.Fields(lines.Text())
		switch {
		case i == 0:
			p.Source = lines.Text()
		case i == 1:
			types = words
		case len(words) != len(types)+2:
			return fmt.Errorf("%s has %d prices for %d types", words[0], len(words)-2, len(types))
		default:
			p.days[words[0]] = words[1]
			region := map[string]float64{}
			for j, word := range words[2:] {
				if price, err := strconv.ParseFloat(word, 64); err == nil {
					region[types[j]] = price
				}
			}
			p.Instances[words[0]] = region
		}
	}
	return lines.Err() //nolint:wrapcheck // Load says what it was about
}

// lay puts other prices over these.
func (p *Prices) lay(over *Prices) {
	maps.Copy(p.Rates, over.Rates)
	maps.Copy(p.Shares, over.Shares)
	for _, region := range over.Instances {
		for name := range region {
			p.given[name] = true
		}
	}
	for _, pair := range [][2]map[string]map[string]float64{{p.Regions, over.Regions}, {p.Instances, over.Instances}, {p.Fees, over.Fees}} {
		for region, values := range pair[1] {
			if pair[0][region] == nil {
				pair[0][region] = map[string]float64{}
			}
			maps.Copy(pair[0][region], values)
		}
	}
}

// rate is a price of a region by its name; ok is false where it is not known.
func (p *Prices) rate(region, name string) (price float64, ok bool) {
	if price, ok = p.Regions[region][name]; ok {
		return price, true
	}
	if (&config.Cluster{Settings: config.Settings{Region: region}}).Partition() != "aws" {
		return 0, false
	}
	price, ok = p.Rates[name]
	return price, ok
}

// fee is what Auto Mode charges an hour for an instance with an on-demand price, and whether that follows from a share. AWS
// rounds it to five decimals: m7i.large, 0.1008, has 0.0121.
func (p *Prices) fee(region, instance string, price float64) (fee, share float64) {
	if fee, ok := p.Fees[region][instance]; ok {
		return fee, 0
	}
	share, ok := p.Shares[category(instance)]
	if !ok {
		share = p.Shares[defaultShare]
	}
	return math.Round(price*share*1e5) / 1e5, share
}

const defaultShare = "default"

// category is the letters that an instance type begins with, which is what Auto Mode calls its category.
func category(instance string) string {
	return instance[:len(instance)-len(strings.TrimLeft(instance, "abcdefghijklmnopqrstuvwxyz"))]
}
