package config

import (
	"strconv"
	"strings"
	"time"
)

// Support is how long EKS supports a Kubernetes version.
type Support struct {
	// Minor is the version: 36 stands for 1.36.
	Minor int
	// Standard and Extended are the days on which that support ends, at 0:00 UTC; zero where AWS has not said.
	Standard, Extended time.Time
}

// Calendar lists the versions that this gen knows, oldest first: those with Auto Mode (EKS User Guide, "Create an
// EKS Auto Mode Cluster"), and their support ("Understand the Kubernetes version lifecycle on EKS").
func Calendar() []Support {
	return []Support{
		{29, day(2025, time.March, 23), day(2026, time.March, 23)},
		{30, day(2025, time.July, 23), day(2026, time.July, 23)},
		{31, day(2025, time.November, 26), day(2026, time.November, 26)},
		{32, day(2026, time.March, 23), day(2027, time.March, 23)},
		{33, day(2026, time.July, 29), day(2027, time.July, 29)},
		{34, day(2026, time.December, 2), day(2027, time.December, 2)},
		{35, day(2027, time.March, 27), day(2028, time.March, 27)},
		{36, day(2027, time.August, 2), day(2028, time.August, 2)},
		{37, time.Time{}, time.Time{}},
	}
}

// calendarDay is when the calendar was written. Loading clusters.yaml goes by it and asks no clock: the same file
// must give the same answer every day.
func calendarDay() time.Time { return day(2026, time.November, 21) }

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// SupportOf returns the entry of the calendar for a version such as "1.36"; ok is false where there is none.
func SupportOf(version string) (Support, bool) {
	minor, ok := minorOf(version)
	for _, s := range Calendar() {
		if ok && s.Minor == minor {
			return s, true
		}
	}
	return Support{}, false
}

// minorOf is the number behind "1."; ok is false if version is not written as EKS writes it.
func minorOf(version string) (minor int, ok bool) {
	text, ok := strings.CutPrefix(version, "1.")
	minor, err := strconv.Atoi(text)
	return minor, ok && err == nil && minor >= 0 && strconv.Itoa(minor) == text
}

// NewestVersion is the newest for which AWS has said how long it is supported.
func NewestVersion() string {
	newest := 0
	for _, s := range Calendar() {
		if !s.Standard.IsZero() {
			newest = s.Minor
		}
	}
	return "1." + strconv.Itoa(newest)
}

// NextVersion is the minor version behind one, or empty where gen does not know it.
func NextVersion(version string) string {
	if s, ok := SupportOf(version); ok {
		if next, ok := SupportOf("1." + strconv.Itoa(s.Minor+1)); ok {
			return "1." + strconv.Itoa(next.Minor)
		}
	}
	return ""
}
