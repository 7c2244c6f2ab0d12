package diag

import (
	"slices"
	"strings"
)

// Nearest returns the word of words that word was probably meant to be, or "" if none is near.
// A word in another letter case is the nearest. Else near is an edit distance (insert, delete, replace, swap of neighbours) of at most a third of
// the length of word, and at least one.
func Nearest(word string, words []string) string {
	best, limit := "", max(1, len(word)/3)
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	for _, candidate := range sorted {
		if strings.EqualFold(candidate, word) {
			return candidate
		}
		if d := distance(word, candidate); d <= limit && (best == "" || d < distance(word, best)) {
			best = candidate
		}
	}
	return best
}

// distance is the optimal string alignment distance of a and b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
