// Command rows prints the table of pkg/ack/compare as JSON, for the ACK that test/e2e plays: that is a module of its own, with other
// versions of Kubernetes.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"eks-auto-gitops/pkg/ack/compare"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "rows:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	if err := json.NewEncoder(out).Encode(compare.Rows()); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}
