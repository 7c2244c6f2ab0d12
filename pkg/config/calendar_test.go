package config

import (
	"testing"
	"time"
)

// TestCalendar: no version is left out or stands twice, and support ends in the order of the versions: standard
// support after 14 months, extended support a year later.
func TestCalendar(t *testing.T) {
	calendar := Calendar()
	for i, s := range calendar {
		if i > 0 && s.Minor != calendar[i-1].Minor+1 {
			t.Errorf("1.%d follows 1.%d", s.Minor, calendar[i-1].Minor)
		}
		if s.Standard.IsZero() != s.Extended.IsZero() || !s.Standard.IsZero() && !s.Extended.Equal(s.Standard.AddDate(1, 0, 0)) {
			t.Errorf("1.%d: extended support ends on %s", s.Minor, s.Extended.Format(time.DateOnly))
		}
		if i > 0 && !s.Standard.IsZero() && !s.Standard.After(calendar[i-1].Standard) {
			t.Errorf("1.%d: standard support ends on %s", s.Minor, s.Standard.Format(time.DateOnly))
		}
	}
}

func TestSupportOf(t *testing.T) {
	if s, ok := SupportOf("1.34"); !ok || s.Standard.Format(time.DateOnly) != "2026-12-02" || s.Extended.Format(time.DateOnly) != "2027-12-02" {
		t.Errorf("1.34: %v %t", s, ok)
	}
	for _, version := range []string{"", "1", "1.", "1.28", "1.38", "2.34", "v1.34", "1.034", "1.34.1", "1.-34", "1.+34"} {
		if s, ok := SupportOf(version); ok {
			t.Errorf("%q: %v", version, s)
		}
	}
}
