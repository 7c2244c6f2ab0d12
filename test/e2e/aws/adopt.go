package aws

import (
	"fmt"
)

// name is what AWS knows an object by, for the kinds whose names are the user's own: there is one of a name in an account
// and region. It is "" for all others, of which AWS makes as many as it is asked for.
func (o Object) name() string {
	name, _ := o.Spec["name"].(string)
	if name == "" {
		return ""
	}
	switch o.Kind {
	case "Alias", "Cluster", "LogGroup", "Role":
		return o.Kind + " " + name
	case "RecordSet":
		return fmt.Sprintf("%s %v %s in %v%v", o.Kind, o.Spec["recordType"], name, o.Spec["hostedZoneID"], o.Spec["hostedZoneRef"])
	default:
		return ""
	}
}

// named is the object that has the name of another, or nil. a.mu is held.
func (a *AWS) named(o Object) *Object {
	for _, other := range a.objects {
		if o.name() != "" && other.name() == o.name() && other.Account == o.Account && other.Region == o.Region {
			return &other
		}
	}
	return nil
}

// Has reports whether an account has something of the name of an object, whoever has made it.
func (a *AWS) Has(s *Session, o Object) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	o.Account = s.Account
	return a.named(o) != nil
}

// Adopt makes what has the name of an object that of the object.
func (a *AWS) Adopt(s *Session, o Object) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o.Account = s.Account
	if found := a.named(o); found != nil {
		delete(a.objects, found.ID)
		found.ID = o.ID
		a.objects[o.ID] = *found
	}
}

// Leave adds an object that is left from earlier, and that no ACK object is for.
func (a *AWS) Leave(o Object) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o.ID = ID{Group: o.Group, Kind: o.Kind, Name: "left-" + o.Name}
	a.objects[o.ID] = o
}

// Spec is what AWS returns of an object, or nil if it has none.
func (a *AWS) Spec(id ID) map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, ok := a.objects[id]
	if !ok {
		return nil
	}
	return Returned(o)
}
