package main

import "time"

// glance is how long ACK takes to see that a reference is not there.
const glance = 20 * time.Millisecond

// backoff is how long ACK waits after a look that failed: twice as long each time, until a look does not fail (client-go,
// util/workqueue/default_rate_limiters.go: ItemExponentialFailureRateLimiter, with controller-runtime's 5 ms to 1,000 s).
func (o *object) backoff() time.Duration {
	const first, most = 5 * time.Millisecond, 1000 * time.Second
	wait := most
	if o.failures < 18 {
		wait = min(most, first<<o.failures)
	}
	o.failures++
	return wait
}

// after is a wait of a fixed length, after which ACK forgets failures (controller-runtime, pkg/internal/controller/controller.go:
// reconcileHandler).
func (o *object) after(wait time.Duration) time.Duration {
	o.failures = 0
	return wait
}

// look is what ACK does with an object when it looks at it: it returns after how long it looks again, or 0 for not before the
// specification changes (ACK runtime, pkg/runtime/reconciler.go: Sync, handleRequeues, HandleReconcileError).
func (o *object) look(now cloud) (took, again time.Duration) {
	for _, other := range o.refers {
		if other.synced != "True" || other.syncedAt > now.at {
			o.synced = "Unknown"
			return glance, o.backoff()
		}
	}
	switch {
	case !o.created:
		o.created = true
		took = now.latencies.calls(o)
		o.available = now.at + took + now.latencies.of(o)
		if again = o.unfinished(); again > 0 {
			return took, again
		}
	case now.at < o.available:
		return now.latencies.call, o.unfinished()
	default:
		took = now.latencies.call
	}
	o.synced, o.syncedAt = "True", now.at+took
	return took, 0
}

// unfinished is when ACK looks again at what it has just made or AWS is still making, and what it says of it; 0 if it calls it
// synced at once.
func (o *object) unfinished() time.Duration {
	o.synced = "False"
	switch o.kind {
	case "NATGateway": // ec2-controller, pkg/resource/nat_gateway/sdk.go, sdkFind: requeue Needed while it is pending
		o.synced = "Unknown"
		return o.backoff()
	case "Role": // iam-controller, pkg/resource/role/sdk.go, sdkCreate: requeue Needed, for what is attached
		o.synced = "Unknown"
		return o.backoff()
	case "Subnet": // ec2-controller, pkg/resource/subnet/sdk.go, sdkCreate
		return o.after(time.Second)
	case "VPCEndpoint", // ec2-controller, pkg/resource/vpc_endpoint/sdk.go, sdkCreate and sdkFind: not synced
		"Cluster",   // eks-controller, pkg/resource/cluster/sdk.go, the same
		"RecordSet": // route53-controller, pkg/resource/record_set/sdk.go, the same
		return o.after(30 * time.Second) // ACK runtime, pkg/requeue/requeue.go: DefaultRequeueAfterDuration
	case "AccessEntry": // eks-controller, pkg/resource/access_entry/sdk.go, sdkCreate: the policies come with the second look
		if o.at("spec", "accessPolicies") != nil {
			return o.after(30 * time.Second)
		}
	}
	return 0
}
