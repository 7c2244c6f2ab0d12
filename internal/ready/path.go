package main

import (
	"time"

	"eks-auto-gitops/pkg/component"
)

// own is when AWS would have made an object if each call were sent at the moment in which it can succeed: AWS's critical path.
func (l latencies) own(o *object) time.Duration {
	var start time.Duration
	for _, other := range o.refers {
		start = max(start, l.own(other))
	}
	for _, other := range o.needs {
		start = max(start, l.own(other))
	}
	return start + l.calls(o) + l.of(o)
}

// ownOf is AWS's critical path to the objects of some stages; of all without names. Of the stages before the cluster it leaves out the
// endpoints: the cluster does not need them.
func (t *timeline) ownOf(names ...component.Stage) time.Duration {
	var most time.Duration
	for _, s := range t.chain {
		for _, o := range s.objects {
			if t.within(s.name, names) && (len(names) == 0 || o.kind != "VPCEndpoint") {
				most = max(most, t.latencies.own(o))
			}
		}
	}
	return most
}

// readyAt is when the last of some stages is ready; of all without names.
func (t *timeline) readyAt(names ...component.Stage) time.Duration {
	var most time.Duration
	for name, at := range t.ready {
		if t.within(name, names) {
			most = max(most, at)
		}
	}
	return most
}

func (t *timeline) within(stage string, names []component.Stage) bool {
	for _, name := range names {
		if string(name) == stage {
			return true
		}
	}
	return len(names) == 0
}

// ratio is how many times as long as AWS some stages take.
func (t *timeline) ratio(names ...component.Stage) float64 {
	return t.readyAt(names...).Seconds() / t.ownOf(names...).Seconds()
}
