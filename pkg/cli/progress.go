package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"eks-auto-gitops/pkg/layout"
)

const fileName = layout.ClustersFile

// patience is how long work may take before it shows a bar.
const patience = 500 * time.Millisecond

// progress returns what shows the progress of writing, once the work that began at start has tried the
// user's patience; or nil where nobody looks: not on a terminal, or quiet.
func progress(streams Streams, start time.Time, quiet bool) func(done, total int) {
	if quiet || !isTerminal(streams.Err) || streams.Getenv("TERM") == "dumb" {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil && time.Since(start) < patience {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions(
				total, progressbar.OptionSetWriter(streams.Err), progressbar.OptionSetDescription("writing files"),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(65*time.Millisecond),
			)
		}
		bar.Set(done) //nolint:errcheck // a bar that cannot be drawn is no reason to stop
	}
}
