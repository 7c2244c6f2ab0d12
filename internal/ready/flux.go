package main

import "time"

const (
	// dependency is how often Flux looks whether a stage may start: what gen init hub and the Flux Operator set (--requeue-dependency).
	dependency = 5 * time.Second
	// health is how often it looks whether objects are ready (kustomize-controller, internal/controller/kustomization_controller.go:
	// checkHealth).
	health = 5 * time.Second
	// apply is how long it takes to fetch, build, check and apply a stage.
	apply = time.Second
)

// cloud is the time, and how long AWS takes.
type cloud struct {
	at        time.Duration
	latencies latencies
}

// timeline is what happens with a chain.
type timeline struct {
	cloud
	chain  chain
	starts map[string]time.Duration
	ready  map[string]time.Duration
	events []event
}

type event struct {
	at time.Duration
	do func()
}

// play delivers a chain.
func play(c chain, l latencies) *timeline {
	t := &timeline{cloud: cloud{latencies: l}, starts: map[string]time.Duration{}, ready: map[string]time.Duration{}}
	for _, s := range c {
		fresh := *s
		fresh.objects = nil
		for _, o := range s.objects {
			fresh.objects = append(fresh.objects, o.fresh())
		}
		t.chain = append(t.chain, &fresh)
	}
	if err := t.chain.connect(); err != nil {
		panic(err) // it was connected before
	}
	for _, s := range t.chain {
		t.in(0, func() { t.start(s) })
	}
	for len(t.events) > 0 && t.at < 3*time.Hour {
		next := 0
		for i, e := range t.events { // the first of those at the same time
			if e.at < t.events[next].at {
				next = i
			}
		}
		e := t.events[next]
		t.events = append(t.events[:next], t.events[next+1:]...)
		t.at = e.at
		e.do()
	}
	return t
}

func (t *timeline) in(wait time.Duration, do func()) {
	t.events = append(t.events, event{t.at + wait, do})
}

// start starts a stage when those before it are ready.
func (t *timeline) start(s *stage) {
	for _, name := range s.after {
		if _, ok := t.ready[name]; !ok {
			t.in(dependency, func() { t.start(s) })
			return
		}
	}
	t.starts[s.name] = t.at
	t.in(apply, func() {
		for _, o := range s.objects {
			t.in(0, func() { t.look(o) })
		}
		t.in(0, func() { t.check(s, t.at+s.timeout) })
	})
}

// look has ACK look at an object. A fact is exported as soon as its source is synced (ACK runtime,
// pkg/runtime/field_export_reconciler.go: fieldExportResourceReconciler), so that it has no backoff of its own.
func (t *timeline) look(o *object) {
	switch o.kind {
	case "ConfigMap":
		return
	case "FieldExport":
		if source := o.needs[0]; source.synced != "True" {
			t.in(100*time.Millisecond, func() { t.look(o) })
			return
		}
		o.synced = "True"
		return
	}
	took, again := o.look(t.cloud)
	if again > 0 {
		t.in(took+again, func() { t.look(o) })
	}
}

// check looks whether a stage is ready. What ACK has called synced counts from the end of its look. After the time-out Flux begins again,
// which changes nothing for ACK.
func (t *timeline) check(s *stage, until time.Duration) {
	for _, o := range s.objects {
		if o.synced == "True" && o.syncedAt > t.at || !s.health[o.kind+"."+o.group].holds(o, t.cloud) {
			wait := health
			if t.at >= until {
				wait, until = s.retry+apply, t.at+s.retry+apply+s.timeout
			}
			t.in(wait, func() { t.check(s, until) })
			return
		}
	}
	t.ready[s.name] = t.at
}
