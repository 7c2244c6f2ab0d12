package output

import (
	"fmt"
	"os"
)

// Folder makes a folder, and those around it, where there is none. An error says what is in the way.
func Folder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a folder of the user's, as mkdir makes it
		return fmt.Errorf("make %s: %w", dir, err)
	}
	return nil
}
