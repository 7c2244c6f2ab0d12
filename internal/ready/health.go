package main

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/ext"
)

// check is the health expression of a kind, as Flux evaluates it (fluxcd/pkg, runtime/cel/status_evaluator.go).
type check struct{ current cel.Program }

func newCheck(expression string) (check, error) {
	options := []cel.EnvOption{cel.OptionalTypes(), cel.CrossTypeNumericComparisons(true), ext.Strings(), ext.Sets(), ext.Encoders()}
	for _, name := range []string{"apiVersion", "kind", "metadata", "spec", "status", "data"} {
		options = append(options, cel.Variable(name, cel.DynType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return check{}, fmt.Errorf("health check: %w", err)
	}
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		return check{}, fmt.Errorf("health check: %w", issues.Err())
	}
	program, err := env.Program(ast)
	if err != nil {
		return check{}, fmt.Errorf("health check: %w", err)
	}
	return check{program}, nil
}

// holds reports whether an object is ready. Flux waits on when an expression cannot be evaluated.
func (c check) holds(o *object, now cloud) bool {
	if c.current == nil { // Flux has no opinion of the kind, but that it exists
		return true
	}
	result, _, err := c.current.Eval(map[string]any{
		"apiVersion": o.at("apiVersion"), "kind": o.kind, "metadata": o.at("metadata"), "spec": o.at("spec"),
		"status": o.status(now), "data": o.data(),
	})
	return err == nil && result.Value() == true
}

// status is what ACK has written into the object.
func (o *object) status(now cloud) map[string]any {
	status := map[string]any{}
	if o.synced != "" {
		status["conditions"] = []any{
			map[string]any{"type": "ACK.ResourceSynced", "status": o.synced}, map[string]any{"type": "Ready", "status": o.synced},
		}
	}
	if !o.created {
		return status
	}
	switch o.kind {
	case "Cluster":
		status["status"] = "CREATING"
		if o.synced == "True" {
			status["status"] = "ACTIVE"
		}
	case "Certificate":
		status["status"] = "PENDING_VALIDATION"
	case "VPCEndpoint":
		status["state"] = "pending"
		if now.at >= o.available {
			status["state"] = "available"
		}
	}
	return status
}

// data is that of a ConfigMap, once ACK has exported the fact.
func (o *object) data() map[string]any {
	if len(o.needs) == 0 || o.needs[0].synced != "True" {
		return map[string]any{}
	}
	return map[string]any{"KMS_KEY_ARN": "arn", "OIDC_ISSUER": "https://"}
}
