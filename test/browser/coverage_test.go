package browser

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"
)

// calls has the functions of the page's scripts that have a name, and whether any test has called them.
var calls = struct {
	sync.Mutex
	made map[string]bool
}{made: map[string]bool{}}

// startCounting makes the browser count calls.
func (p *tab) startCounting() {
	call(p, profiler.Enable, cdp.Empty{})
	call(p, profiler.StartPreciseCoverage, profiler.StartPreciseCoverageParams{CallCount: new(true)})
}

// countFunctions adds what was called in this tab.
func (p *tab) countFunctions() {
	calls.Lock()
	defer calls.Unlock()
	for _, script := range call(p, profiler.TakePreciseCoverage, cdp.Empty{}).Result {
		if script.URL != p.file {
			continue
		}
		for _, f := range script.Functions {
			called := slices.ContainsFunc(f.Ranges, func(r *profiler.CoverageRange) bool { return r.Count > 0 })
			if f.FunctionName != "" {
				calls.made[f.FunctionName] = calls.made[f.FunctionName] || called
			}
		}
	}
}

// everyFunctionRan fails if the page has a function that no test calls. It returns the exit code.
func everyFunctionRan() int {
	code := 0
	for _, name := range slices.Sorted(maps.Keys(calls.made)) {
		if !calls.made[name] {
			fmt.Fprintf(os.Stderr, "no test calls the function %s of the page\n", name)
			code = 1
		}
	}
	if len(calls.made) == 0 {
		fmt.Fprintln(os.Stderr, "the browser has counted no calls")
		code = 1
	}
	return code
}
