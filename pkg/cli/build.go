package cli

import (
	"cmp"
	"runtime/debug"
)

// Build says which source gen was built from. What is empty is read from what the Go command records in the binary.
type Build struct {
	// Version is that of a release, Commit the full name of the commit in Git, Date when it was committed (RFC 3339).
	Version, Commit, Date string
}

// complete fills in what is empty. A commit whose files were changed before the build is not what gen was built from.
func (b Build) complete(info *debug.BuildInfo) Build {
	settings := map[string]string{}
	if info != nil {
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		b.Version = cmp.Or(b.Version, info.Main.Version)
	}
	if settings["vcs"] == "git" && settings["vcs.modified"] == "false" && b.Commit == "" {
		b.Commit, b.Date = settings["vcs.revision"], cmp.Or(b.Date, settings["vcs.time"])
	}
	b.Version = cmp.Or(b.Version, "unknown")
	return b
}

// String is what gen --version prints.
func (b Build) String() string {
	switch {
	case b.Commit == "":
		return b.Version
	case b.Date == "":
		return b.Version + " (commit " + b.Commit + ")"
	}
	return b.Version + " (commit " + b.Commit + ", " + b.Date + ")"
}

// builtFrom is [Build.complete] with what is in this binary.
func (b Build) builtFrom() Build {
	info, _ := debug.ReadBuildInfo() // nil if there is none
	return b.complete(info)
}
