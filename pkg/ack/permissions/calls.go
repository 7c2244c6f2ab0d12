package permissions

import "strings"

// A controller is one of ACK's, at the version that was read.
type controller struct {
	group, service, version string
	// reading and writing are the scopes of most of its calls.
	reading, writing []string
}

// Calls are the operations of the SDK that a controller calls for a kind, with spaces between.
type calls struct {
	kind, folder                       string
	read, create, update, remove, tags string
}

// rows turns calls into rows. An operation's IAM action has its name in all of these services (AWS, Service
// Authorization Reference).
func (c controller) rows(all ...calls) []Row {
	var rows []Row
	for _, k := range all {
		for _, r := range []struct {
			use        Use
			operations string
			resources  []string
		}{
			{Read, k.read, c.reading},
			{Create, k.create, c.writing},
			{Update, k.update, c.writing},
			{Delete, k.remove, c.writing},
			{Tag, k.tags, c.writing},
		} {
			if r.operations != "" {
				rows = append(rows, c.row(k.kind, k.folder, r.use, r.operations, r.resources...))
			}
		}
	}
	return rows
}

// row is one row of a call that has a scope of its own.
func (c controller) row(kind, folder string, use Use, operations string, resources ...string) Row {
	return Row{
		Group: c.group, Kind: kind, Use: use, Actions: actions(c.service, operations), Resources: resources,
		Source: "ACK " + c.version + ", pkg/resource/" + folder,
	}
}

// asked is what AWS asks for, as source says.
func (c controller) asked(kind, service, actionNames, source string, resources ...string) Row {
	return Row{
		Group: c.group, Kind: kind, Use: Asked, Actions: actions(service, actionNames), Resources: resources,
		Source: source,
	}
}

// passes is the right to hand roles to services. A role that is not the cluster's own must be in the Input.
func (c controller) passes(kind, source string, services ...string) Row {
	row := c.asked(kind, "iam", "PassRole", source, ownRoles, HandedOver)
	row.Key, row.Values = PassedTo, services
	return row
}

// only says that nothing but a field that gen does not write leads to the rows.
func only(field string, rows ...Row) []Row {
	for i := range rows {
		rows[i].Field = field
	}
	return rows
}

func actions(service, names string) []string {
	list := strings.Fields(names)
	for i, name := range list {
		list[i] = service + ":" + name
	}
	return list
}
