package cli

import (
	"runtime/debug"
	"testing"
)

// TestBuild: what the linker was given comes first, then what the Go command records; changed files are of no commit.
func TestBuild(t *testing.T) {
	vcs := func(modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20260102030405-0123456789ab"}, Settings: []debug.BuildSetting{
			{Key: "vcs", Value: "git"},
			{Key: "vcs.modified", Value: modified},
			{Key: "vcs.revision", Value: "0123456789abcdef"},
			{Key: "vcs.time", Value: "2026-01-02T03:04:05Z"},
		}}
	}
	release := Build{Version: "1.2.3", Commit: "fedcba9876543210", Date: "2026-02-03T04:05:06Z"}
	for name, c := range map[string]struct {
		given Build
		info  *debug.BuildInfo
		want  string
	}{
		"a release":           {release, vcs("false"), "1.2.3 (commit fedcba9876543210, 2026-02-03T04:05:06Z)"},
		"without a date":      {Build{Version: "1.2.3", Commit: "fedcba9876543210"}, nil, "1.2.3 (commit fedcba9876543210)"},
		"only a version":      {Build{Version: "1.2.3"}, vcs("false"), "1.2.3 (commit 0123456789abcdef, 2026-01-02T03:04:05Z)"},
		"a commit":            {Build{}, vcs("false"), "v0.0.0-20260102030405-0123456789ab (commit 0123456789abcdef, 2026-01-02T03:04:05Z)"},
		"with changed files":  {Build{}, vcs("true"), "v0.0.0-20260102030405-0123456789ab"},
		"without Git":         {Build{}, &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "(devel)"},
		"nothing is recorded": {Build{}, nil, "unknown"},
	} {
		if got := c.given.complete(c.info).String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
