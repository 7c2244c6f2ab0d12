package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestOpen: the page shows everything that the report has, without a filter and without a click.
func TestOpen(t *testing.T) {
	p := open(t, busyDay(t), "")
	if headline := p.texts("#headline")[0]; !strings.HasPrefix(headline, "4 clusters, 38 objects added, ") {
		t.Errorf("the headline is %q", headline)
	}
	sameList(t, "places", p.texts("#places .name"), "Everything", "dev", blogCluster, devCluster, "dev-two", "prodprotected", prodCluster)
	sameList(t, "dangers of the places", p.texts("#places .danger-count"), "⚠ 8", "⚠ 5", "⚠ 3", "⚠ 3", "⚠ 4", "⚠ 4")
	sameList(t, "what happens", p.texts("#counts button"), "5 DELETE", "9 UPDATE", "38 CREATE")
	if price := eval[string](p, `document.querySelector("#price").textContent`); !strings.HasPrefix(price, "cost of a month: ") {
		t.Errorf("what it costs: %q", price)
	}
	sameList(t, "dangers", p.texts("#danger-list .rule"), "data-loss", "endpoint-opened", "access", "limits-lowered", "protected-environment")
	sameList(t, "causes", p.texts("#cause-list li > code:nth-of-type(2)"),
		"defaults.zonalShift", "defaults.endpoint.publicCIDRs[198.51.100.0/24]",
		"clusters["+devCluster+"].nodes.pools[amc-compute-od-amd64].limits.cpu", "clusters["+devCluster+"].nodes.pools[amc-compute-od-amd64].limits.memory",
		"clusters["+prodCluster+"].version", "clusters["+prodCluster+"].logging.retentionDays", "clusters["+prodCluster+"].network.nat",
		"clusters["+blogCluster+"].admins[arn:aws:iam::111122223333:user/work-lab]", "clusters["+blogCluster+"].admins[arn:aws:iam::111122223333:user/blogger]",
		"clusters[dev-two]")
	sameList(t, "status", p.texts("#status"), "51 changes, 52 objects")
	same(t, "changes in the list", p.count(".change"), 51)
	same(t, "changes that are open", p.count(".change[open]"), 0)
	p.picture("open")
	p.do(chromedp.ScrollIntoView(chromedp.CSS("#chain")))
	p.picture("chain")
}

// TestChain: each step stands behind those that it waits for, and says what changes in it.
func TestChain(t *testing.T) {
	file := busyDay(t)
	p := open(t, file, "")
	sameList(t, "environments", p.texts("#graph h3"), "devbranch dev of https://github.com/example/fleet.git", "prodbranch main of https://github.com/example/fleet.git")
	sameList(t, "chains", p.texts("#graph .label"), "dev/"+blogCluster, "dev/"+devCluster, "dev/dev-two", "prod/"+prodCluster)
	textFits(t, p)
	same(t, "steps that are new", p.count("#graph .step.added"), 6)
	sameList(t, "and say so", p.texts("#graph .step.added .name"), "+ network", "+ foundation", "+ cluster", "+ access", "+ nodes", "+ apps")

	p.visit("place=prod/" + prodCluster)
	sameList(t, "steps of the cluster, each right of the one before", eval[[]string](p, `
		[...document.querySelectorAll("#graph .step")].map((g) => ({name: g.dataset.step, ...g.getBoundingClientRect().toJSON()}))
		.filter((g) => g.y > document.querySelector("#graph .label").getBoundingClientRect().y)
		.map((g, i, all) => i && g.x < all[i - 1].right ? "not right of it: " + g.name : g.name)`),
		"delivery", "network", "foundation", "cluster", "access", "identity", "nodes", "addons", "apps")
	same(t, "boxes", p.count("#graph .step"), 11)
	same(t, "lines", p.count("#graph .edge"), 10)
	sameList(t, "what the steps say", p.texts("#graph .step:not(.quiet) .what"), "2 changes", "4 changes ⚠ 2", "3 changes ⚠ 1", "1 change ⚠ 1")
	same(t, "what a screen reader says",
		eval[string](p, `document.querySelector("[data-step=cluster]").getAttribute("aria-label")`), "cluster on the hub 1 change ⚠ 1 1 UPDATE, 1 danger")
	p.click("[data-step=cluster]")
	sameList(t, "changes of the step", p.texts(".change > summary .name"), prodCluster+"/"+prodCluster)
	same(t, "it is in the address", eval[string](p, "location.hash"), "#place=prod%2F"+prodCluster+"&step=cluster")
}

// textFits: what the boxes of the graph say is inside of them.
func textFits(t *testing.T, p *tab) {
	t.Helper()
	sameList(t, "texts that are wider than their box", eval[[]string](p, `
		[...document.querySelectorAll("#graph .step")].flatMap((g) => [...g.querySelectorAll("text")]
			.filter((text) => text.getBBox().x + text.getBBox().width > g.querySelector("rect").getBBox().width - 4)
			.map((text) => text.textContent))`))
}

// TestFilters: by cluster, kind, danger, step, outcome and text, alone and together; the address keeps them.
func TestFilters(t *testing.T) {
	p := open(t, busyDay(t), "")
	p.click(`[data-place="dev/` + blogCluster + `"] button`)
	sameList(t, "sections of a cluster", p.texts("#list h3"), "dev/"+blogCluster+" and the same in 1 more cluster", "dev/"+blogCluster)
	sameList(t, "what happens in it", p.texts("#counts button"), "1 DELETE", "1 UPDATE", "1 CREATE")
	sameList(t, "chains of it", p.texts("#graph .label"), "dev/"+blogCluster)
	sameList(t, "dangers of it", p.texts("#danger-list .rule"), "endpoint-opened", "access")
	p.click(`[data-place="prod"] button`)
	sameList(t, "sections of an environment", p.texts("#list h3"), "prod", "prod/"+prodCluster)
	p.click(`[data-place=""] button`)
	same(t, "everything again", p.count(".change"), 51)

	p.choose("#kind", "Cluster")
	same(t, "clusters", p.count(".change"), 3)
	p.choose("#danger", "endpoint-opened")
	same(t, "clusters with a danger", p.count(".change"), 2)
	p.choose("#danger", "any")
	p.choose("#kind", "")
	same(t, "any danger", p.count(".change"), 8)
	p.click(`#outcomes [data-outcome=DELETE]`)
	sameList(t, "what is deleted and dangerous", p.texts(".change .kind"), "AccessEntry", "ElasticIPAddress", "ElasticIPAddress")
	p.click(`#outcomes [data-outcome=CREATE]`)
	same(t, "and what is made", p.count(".change"), 4)
	p.click(`#outcomes [data-outcome=DELETE]`)
	sameList(t, "only that", p.texts(".change .kind"), "AccessEntry")
	address := eval[string](p, "location.hash.slice(1)")
	p.click("#clear")
	same(t, "cleared", p.count(".change"), 51)
	p.do(chromedp.SendKeys(chromedp.CSS("#text"), "LOGgroup prod"))
	sameList(t, "a text", p.texts(".change .kind"), "LogGroup")
	p.visit(address)
	sameList(t, "what an address keeps", p.texts(".change .kind"), "AccessEntry")
	eval[string](p, "location.hash = 'kind=VPC'")
	p.until("document.querySelectorAll('.change').length === 1")
	same(t, "the filter that the address has", eval[string](p, "document.querySelector('#kind').value"), "VPC")
}

// TestShortWays: what stands above the list leads to the changes that it is about.
func TestShortWays(t *testing.T) {
	p := open(t, busyDay(t), "")
	p.click("#counts .delete")
	sameList(t, "status", p.texts("#status"), "5 of 51 changes, 5 objects")
	p.click("#danger-list .rule")
	sameList(t, "changes with a danger", p.texts(".change .kind"), "ElasticIPAddress", "ElasticIPAddress", "LogGroup")
	same(t, "a danger without objects leads nowhere", p.count(".rule:disabled"), 1)
	p.do(chromedp.SendKeys(chromedp.CSS("#find-place"), "BLOG"))
	sameList(t, "places that are found", p.texts("#places .name"), blogCluster)
}

// TestLines: a change that is opened shows why, what its fields do, and the object line by line.
func TestLines(t *testing.T) {
	p := open(t, busyDay(t), "place=prod/"+prodCluster+"&kind=Cluster")
	same(t, "one change is open from the start", p.count(".change[open]"), 1)
	sameList(t, "effects", p.texts(".effects li"),
		"UPDATE spec.version: EKS upgrades the control plane; then Auto Mode replaces the nodes (eks-controller, pkg/resource/cluster/hook.go)")
	sameList(t, "dangers", p.texts(".messages li"), "endpoint-opened: the Kubernetes API opens to 198.51.100.0/24, some minutes after the push")
	sameList(t, "lines that were", p.texts(".lines td.before:not(.mark)"), "version: '1.35'", "enabled: true")
	sameList(t, "lines that are", p.texts(".lines td.after:not(.mark)"), "- 198.51.100.0/24", "version: '1.36'", "enabled: false")
	sameList(t, "words that differ", p.texts(".lines mark"), "35", "36", "true", "false")
	p.picture("unified")

	rows := p.count(".lines tr")
	p.click(".lines .fold button")
	if now := p.count(".lines tr"); now <= rows {
		t.Errorf("%d rows after a fold was opened, %d before", now, rows)
	}
	const cells = `document.querySelector(".lines tr:has(.before)").children.length`
	same(t, "cells of the unified view", eval[int](p, cells), 2)
	p.click("#split")
	same(t, "cells side by side", eval[int](p, cells), 4)
	p.picture("side-by-side")
	p.click("#unified")
	same(t, "cells of the unified view again", eval[int](p, cells), 2)
}

// TestExpand: changes can be opened and closed, and stay so when the filters change.
func TestExpand(t *testing.T) {
	p := open(t, busyDay(t), "")
	p.click(".change > summary")
	p.until("document.querySelectorAll('.change[open] .lines').length === 1")
	p.click(`[data-place="prod"] button`)
	p.click(`[data-place=""] button`)
	same(t, "it stays open", p.count(".change[open]"), 1)
	p.click("#expand")
	p.until("document.querySelectorAll('.change[open] .lines').length === 51")
	p.click("#collapse")
	same(t, "none is open", p.count(".change[open]"), 0)
}
