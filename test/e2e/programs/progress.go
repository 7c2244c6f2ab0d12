package programs

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress says what takes so long: on a terminal every second, elsewhere at the start and at the end.
type progress struct {
	out  io.Writer
	what string
}

// during runs work and reports on it meanwhile.
func (p progress) during(work func() error) error {
	start := time.Now()
	done := make(chan error, 1)
	go func() { done <- work() }()
	tick, lead, end := p.rhythm()
	defer tick.Stop()
	fmt.Fprintf(p.out, "%s …%s", p.what, end)
	for {
		select {
		case err := <-done:
			result := "done"
			if err != nil {
				result = "FAILED"
			}
			fmt.Fprintf(p.out, "%s%s: %s, %s\n", lead, p.what, result, time.Since(start).Round(time.Second))
			return err
		case <-tick.C:
			fmt.Fprintf(p.out, "%s%s … %s%s", lead, p.what, time.Since(start).Round(time.Second), end)
		}
	}
}

// rhythm is every second in one line that is written over, or every minute in a new line.
func (p progress) rhythm() (tick *time.Ticker, lead, end string) {
	if file, ok := p.out.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return time.NewTicker(time.Second), "\r", ""
		}
	}
	return time.NewTicker(time.Minute), "", "\n"
}
