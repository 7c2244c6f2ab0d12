package report

import (
	"fmt"

	"eks-auto-gitops/pkg/diff/change"
)

// costText is the line about what clusters cost.
func costText(c *change.Cost) string {
	difference, word := c.After-c.Before, "more"
	if difference < 0 {
		difference, word = -difference, "less"
	}
	text := fmt.Sprintf("cost of a month: %s -> %s USD, %s %s, at list prices without nodes", c.Before, c.After, difference, word)
	if !c.Complete {
		text += " and without what has no known price"
	}
	return text + "; gen cost has the items"
}
