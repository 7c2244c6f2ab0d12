// Package browser opens the page of gen diff --format html in a real Chromium and uses it as a person would: README.md.
package browser

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	// chromium is the browser of all tests, each of which has a tab of its own; nil if there is none.
	chromium context.Context
	// scratch is a folder that goes when the tests have ended.
	scratch string
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "gen-browser-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	scratch = dir
	defer os.RemoveAll(dir) //nolint:errcheck // it is the system's to clean up what cannot be removed
	if err := startChromium(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if os.Getenv("CI") != "" {
			return 1 // there it is a mistake of CI's, and elsewhere the tests are skipped
		}
	} else {
		defer func() {
			if err := chromedp.Cancel(chromium); err != nil {
				fmt.Fprintln(os.Stderr, "end Chromium:", err)
			}
		}()
	}
	code := m.Run()
	if code == 0 && chromium != nil && flag.Lookup("test.run").Value.String() == "" {
		return everyFunctionRan()
	}
	return code
}

// startChromium starts the browser without anything that would use the network by itself.
func startChromium() error {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	i := slices.IndexFunc(names, func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	})
	if i < 0 {
		return errors.New("there is no Chromium here: install it, for example with apt-get install chromium")
	}
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(names[i]), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1440, 1000),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), flags...)
	browser, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(browser); err != nil {
		return fmt.Errorf("start Chromium: %w", err)
	}
	chromium = browser
	return nil
}
