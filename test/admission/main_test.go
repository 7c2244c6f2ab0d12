package admission

import (
	"fmt"
	"os"
	"testing"
)

// TestMain runs the tests at the root of the repository, where the golden cases are.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
