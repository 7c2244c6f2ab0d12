package diff

import "strings"

// deliveryRule finds what changes how Flux delivers.
func deliveryRule() Rule {
	return Rule{
		Name: "delivery-changed",
		Doc:  "Flux delivers from elsewhere, to elsewhere, as someone else, or no more",
		Why:  "One such line moves everything that is delivered; what is suspended hears of no change, not even of a fix.",
		find: func(c *scoped) []Danger {
			return fieldDangers(c, func(f Field) string { return redirected(f, &c.change) })
		},
	}
}

// redirected says what a field does to the delivery, or nothing.
func redirected(f Field, c *Change) string {
	isFlux := strings.HasSuffix(c.Group, ".toolkit.fluxcd.io")
	switch {
	case isFlux && f.Name == "spec.suspend" && f.After == true:
		return "Flux stops to deliver it"
	case isFlux && (f.Name == "spec.sourceRef.name" || f.Name == "spec.sourceRef.namespace" || f.Name == "spec.path"):
		return "Flux delivers from elsewhere: " + transitionText(f)
	case c.Kind == "GitRepository" && (f.Name == "spec.url" || strings.HasPrefix(f.Name, "spec.ref.")):
		return "Flux delivers from elsewhere: " + transitionText(f)
	case isFlux && f.Name == "spec.serviceAccountName":
		return "Flux acts as someone else: " + transitionText(f)
	case isFlux && strings.HasPrefix(f.Name, "spec.kubeConfig."):
		return "Flux delivers to another cluster: " + transitionText(f)
	case c.Kind == "ConfigMap" && c.Name == "kubeconfig" && f.Name == "data.cluster":
		return "Flux delivers to another cluster: " + transitionText(f)
	case c.Kind == "Kustomization" && f.Name == "spec.prune":
		return "what is gone from the tree is treated in another way: prune " + transitionText(f)
	default:
		return ""
	}
}
