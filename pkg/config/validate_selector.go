package config

import "fmt"

// subnetSelector checks a word, or what chooses subnets.
func (c clusterScope) subnetSelector(s scope, field string, sel SubnetSelector) {
	if sel.Word != "" || !s.has(field) {
		words := []string{SubnetsPrivate, SubnetsPublic}
		if field == "podSubnets" {
			words = append(words, SubnetsSecondary)
		}
		s.oneOf(s.at(field), sel.Word, "a kind of subnet", words)
		if sel.Word == SubnetsSecondary && field == "podSubnets" && len(c.Network.SecondaryCIDRs) == 0 && c.sound("network") {
			s.fail(s.at(field), "there are no secondary subnets", "add network.secondaryCIDRs: [100.64.0.0/16], or choose subnets by ids or tags")
		}
		if count := len(c.Network.SecondaryCIDRs) * len(c.Network.Zones); sel.Word == SubnetsSecondary && field == "podSubnets" && count > 30 {
			s.fail(s.at(field), fmt.Sprintf("%d secondary subnets", count), "a node class takes 30; take fewer and larger ranges")
		}
		return
	}
	s.selector(field, sel.Selector, "subnet")
	if len(sel.IDs) == 0 && len(sel.Terms) == 0 {
		c.madeSubnets(s, field, sel.Tags)
	}
}

// selector checks ids, tags or terms, by which subnets or security groups are chosen.
func (s scope) selector(field string, sel Selector, prefix string) {
	if !s.sound(field) {
		return
	}
	switch {
	case sel.IsZero():
		s.fail(s.at(field), "chooses nothing", "write {ids: […]} or {tags: {…}}")
	case len(sel.IDs) > 0 && len(sel.Tags) > 0:
		s.both(s.at(field, "ids"), s.at(field, "tags"), "ids", "tags")
	case len(sel.Terms) > 0 && len(sel.IDs)+len(sel.Tags) > 0:
		s.fail(s.at(field, "terms"), "terms stand alone", "write ids and tags as terms, too: {id: …} and {tags: {…}}")
	case len(sel.IDs) > 30:
		s.fail(s.at(field, "ids"), fmt.Sprintf("%d ids", len(sel.IDs)), "a node class takes 30; choose by tags")
	case len(sel.Terms) > 30:
		s.fail(s.at(field, "terms"), fmt.Sprintf("%d terms", len(sel.Terms)), "a node class takes 30; choose by tags")
	case len(sel.Tags) > 20:
		s.fail(s.at(field, "tags"), fmt.Sprintf("%d tags", len(sel.Tags)), "a node class takes 20")
	}
	for i, id := range sel.IDs {
		s.id(s.at(field, "ids", i), id, prefix)
	}
	s.distinct(sel.IDs, field, "ids")
	s.sub(field).selectorTags(sel.Tags)
	for i, term := range sel.Terms {
		s.sub(field, "terms", i).selectorTerm(term, prefix)
	}
}

func (s scope) selectorTerm(t SelectorTerm, prefix string) {
	given := 0
	for _, is := range []bool{t.ID != "", t.Name != "", len(t.Tags) > 0} {
		if is {
			given++
		}
	}
	switch {
	case given == 0:
		s.fail(s.at(), "chooses nothing", "write {id: …} or {tags: {…}}")
	case t.Name != "" && prefix == "subnet":
		s.fail(s.at("name"), "subnets have no name", "write {tags: {Name: …}}")
	case given > 1:
		s.fail(s.at(), "a term has one of id, name and tags", "make a term of each")
	case len(t.Tags) > 20:
		s.fail(s.at("tags"), fmt.Sprintf("%d tags", len(t.Tags)), "a node class takes 20")
	}
	if t.ID != "" {
		s.id(s.at("id"), t.ID, prefix)
	}
	s.selectorTags(t.Tags)
}

func (s scope) selectorTags(tags map[string]string) {
	for _, key := range sortedKeys(tags) {
		if key == "" || tags[key] == "" {
			s.fail(s.at("tags", key), "a tag to select by is empty", `write "*" for any value`)
		}
	}
}
