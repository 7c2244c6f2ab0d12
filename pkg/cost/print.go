package cost

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// Formats are the ways to print an estimate.
func Formats() []string { return []string{"table", "json"} }

// String is the amount with two decimals and a comma for each thousand, as in 1,234.50.
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	whole := strconv.FormatInt(int64(c/100), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, whole, c%100)
}

// MarshalJSON writes USD as a number with two decimals.
func (c Cents) MarshalJSON() ([]byte, error) {
	return []byte(strings.ReplaceAll(c.String(), ",", "")), nil
}

// String is the sum, with a word where the price of something in it is not known.
func (s Sum) String() string {
	if s.Complete {
		return s.Month.String()
	}
	return s.Month.String() + " and what is unknown"
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Print writes the estimate in a format, which is one of Formats.
func (r Report) Print(out io.Writer, format string) error {
	if format == "json" {
		content, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return fmt.Errorf("encode the estimate: %w", err)
		}
		if _, err := out.Write(append(content, '\n')); err != nil {
			return fmt.Errorf("print the estimate: %w", err)
		}
		return nil
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 3, ' ', 0)
	fmt.Fprintln(w, "CLUSTER\tITEM\tQUANTITY\tUSD\tUSD/MONTH\tNOTE")
	for _, c := range r.Clusters {
		for _, item := range c.Items {
			fmt.Fprintln(w, strings.Join([]string{c.Name, item.Name, number(item.Quantity), item.price(), item.month(), item.Note}, "\t"))
		}
		fmt.Fprintf(w, "%s\ttotal\t\t\t%s\t\n", c.Name, c.Sum)
	}
	for _, e := range r.Environments {
		fmt.Fprintf(w, "%s\tall clusters\t\t\t%s\t\n", e.Name, e.Sum)
	}
	fmt.Fprintf(w, "fleet\tall clusters\t\t\t%s\t\n", r.Fleet)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the estimate: %w", err)
	}
	for line := range strings.Lines(b.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
	if _, err := io.WriteString(out, "\nassumptions\n- "+strings.Join(r.Assumptions, "\n- ")+"\n"); err != nil {
		return fmt.Errorf("print the estimate: %w", err)
	}
	return nil
}

// shares are those that Auto Mode takes, the most common first.
func (p *Prices) shares() string {
	by := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(p.Shares)) {
		if name != defaultShare {
			text := number(p.Shares[name] * 100)
			by[text] = append(by[text], name)
		}
	}
	words := []string{number(p.Shares[defaultShare]*100) + " %"}
	for _, text := range slices.Sorted(maps.Keys(by)) {
		words = append(words, fmt.Sprintf("%s %% of the categories %s", text, strings.Join(by[text], ", ")))
	}
	return strings.Join(words, ", ")
}

func (i Item) price() string {
	if i.Price == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*i.Price, 'g', 7, 64) + "/" + i.Per
}

func (i Item) month() string {
	if i.Month == nil {
		return "unknown"
	}
	return i.Month.String()
}

// assumptions are what whoever reads the amounts has to know.
func assumptions(r Report, opts Options) []string {
	list := []string{
		fmt.Sprintf("a month has %d hours; list prices in USD without taxes, discounts and free tiers, of %s, from the AWS Price List", hours, opts.Prices.Date),
		"support of Kubernetes versions is that of " + opts.At.Format(time.DateOnly) + "; --at has another day",
	}
	if len(opts.Nodes) > 0 || opts.Limits {
		list = append(
			list,
			"on-demand prices of EC2 instances: "+opts.Prices.Source,
			"the Auto Mode fee is a share of the on-demand price, "+opts.Prices.shares()+"; AWS publishes it for each type: where it differs, set autoModeFees in --prices",
		)
	} else {
		list = append(list, "no nodes: --nodes 3xm5a.xlarge adds those that you expect, --limits what the limits of node pools allow")
	}
	if opts.Limits {
		list = append(list, "--limits: of the instance types whose price in the region is known; the built-in pools have no limits and are not counted")
	}
	for _, c := range r.Clusters {
		for _, item := range c.Items {
			if item.Per == perGB {
				return append(list, "a control plane logs "+number(opts.LogGB)+" GB a month: --log-gb", notCounted)
			}
		}
	}
	return append(list, notCounted)
}

const notCounted = "not counted: the hub, data through NAT gateways and endpoints, traffic, volumes, load balancers, container logs and metrics, addresses of public nodes"
