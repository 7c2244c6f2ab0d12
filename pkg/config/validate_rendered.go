package config

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// checkRendered looks at the service accounts of releases whose charts gen does not know. Nothing fails where the chart does not
// make the account: an association or an annotation for nobody is no error, and the pods run without AWS permissions.
func checkRendered(c clusterScope) {
	for i, r := range c.Releases {
		for j, account := range r.ServiceAccounts {
			at := c.at("releases", i, "serviceAccounts", j, "name")
			if account.Name == "" || r.mayRender(account.Name) {
				continue
			}
			c.note(at, fmt.Sprintf("nothing says that the chart makes a service account named %s", account.Name),
				"if it does not, its pods have no AWS permissions: set the name in values, such as serviceAccount: {name: "+account.Name+"}, or write the chart's own")
		}
	}
}

// mayRender reports whether a chart may make a service account of a name: it stands in the values, or is called after the
// release or the chart, as most are (Helm, Best Practices: Role-Based Access Control).
func (r Release) mayRender(account string) bool {
	if account == "default" || slices.Contains(textsIn(r.Values), account) || len(r.ValuesFrom) > 0 {
		return true
	}
	for _, name := range []string{r.Name, r.ReleaseName, r.Chart.Name, path.Base(r.Chart.URL), path.Base(r.Chart.Path)} {
		if name != "" && name != "." && (strings.Contains(account, name) || strings.Contains(name, account)) {
			return true
		}
	}
	return false
}

// textsIn are all texts in values, at any depth.
func textsIn(value any) []string {
	var found []string
	switch value := value.(type) {
	case string:
		found = append(found, value)
	case map[string]any:
		for _, v := range value {
			found = append(found, textsIn(v)...)
		}
	case []any:
		for _, v := range value {
			found = append(found, textsIn(v)...)
		}
	}
	return found
}
