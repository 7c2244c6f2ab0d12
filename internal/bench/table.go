package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// report writes the table. Ratios are of medians.
func report(out io.Writer, results []*result) error {
	rows := [][]string{{"clusters", "what", "median s", "min s", "CPU s", "peak MiB", "files", "objects", "objects/s", "ratio"}}
	for _, r := range results {
		rows = append(rows, r.rows()...)
	}
	rows = append(rows, nil)
	var text strings.Builder
	for _, row := range rows {
		line(&text, row, widths(rows))
	}
	fmt.Fprintf(&text, "%s, %s/%s, %d CPUs; each measured %d times, in turn; CPU is user and system, median;\npeak is the most of all runs, and no less than %d MiB can be seen\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), len(results[0].first), ownPeak()>>20)
	_, err := io.WriteString(out, text.String())
	return err
}

// rows are the lines of one size of fleet.
func (r *result) rows() [][]string {
	copier := "cp -r"
	if !r.realCopy {
		copier = "copy in Go (no cp here)"
	}
	rows := [][]string{
		r.row("gen clusters, first", r.first, 1, ratio(r.first, r.copied, "cp")),
		r.row(copier, r.copied, 1, ""),
		r.row("gen clusters, no changes", r.second, 1, ratio(r.second, r.first, "first")),
		r.row("gen clusters --check", r.check, 1, ratio(r.check, r.first, "first")),
		r.row("gen clusters, one line changed", r.changed, 1, ratio(r.changed, r.first, "first")),
	}
	read := []struct {
		what string
		series
		trees float64
	}{
		{"gen diff, one line changed", r.diffed, 2},
		{"gen diff, one line of every cluster changed", r.diffedAll, 2},
		{"the same, as a page", r.paged, 2},
		{"gen verify", r.verified, 1},
	}
	if len(r.kustom) == 0 {
		for _, one := range read {
			rows = append(rows, r.row(one.what, one.series, 1, ratio(one.series, r.first, "first")))
		}
		return rows
	}
	built := median(r.kustom.walls()).Seconds() * r.factor
	for _, one := range read {
		beside := fmt.Sprintf("%.4f x kustomize of %.0f", median(one.walls()).Seconds()/(built*one.trees), one.trees)
		rows = append(rows, r.row(one.what, one.series, 1, beside))
	}
	return append(rows,
		r.row(r.kustomized, r.kustom, r.factor, fmt.Sprintf("%.2f x first", built/median(r.first.walls()).Seconds())))
}

// row is a line of the table; factor is what the times are multiplied by.
func (r *result) row(what string, s series, factor float64, ratio string) []string {
	scaled := func(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()*factor) }
	walls := s.walls()
	memory := "?"
	if peak := s.peak(); peak > 0 {
		memory = strconv.FormatInt(peak>>20, 10)
	}
	return []string{
		strconv.Itoa(r.clusters), what, scaled(median(walls)), scaled(slices.Min(walls)), scaled(median(s.cpus())), memory,
		strconv.Itoa(r.size.files), strconv.Itoa(r.size.objects),
		fmt.Sprintf("%.0f", float64(r.size.objects)/(median(walls).Seconds()*factor)), ratio,
	}
}

func ratio(s, to series, name string) string {
	return fmt.Sprintf("%.2f x %s", median(s.walls()).Seconds()/median(to.walls()).Seconds(), name)
}

// widths are the widths of the columns.
func widths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// line writes a row: words to the left, numbers to the right.
func line(text *strings.Builder, row []string, widths []int) {
	for i, cell := range row {
		if i > 0 {
			text.WriteString("  ")
		}
		if i == 1 {
			fmt.Fprintf(text, "%-*s", widths[i], cell)
		} else {
			fmt.Fprintf(text, "%*s", widths[i], cell)
		}
	}
	text.WriteByte('\n')
}
