package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOwned(t *testing.T) {
	tests := map[string]struct {
		content string
		want    bool
	}{
		"marker":                  {Marker + "\na: b\n", true},
		"marker, CRLF":            {Marker + "\r\na: b\r\n", true},
		"marker only":             {Marker, true},
		"marker and newline":      {Marker + "\n", true},
		"marker and CR":           {Marker + "\r", true},
		"JSON":                    {JSONMarker + "\n}\n", true},
		"JSON, CRLF":              {JSONMarker + "\r\n}\r\n", true},
		"JSON, marker only":       {JSONMarker, true},
		"empty":                   {"", false},
		"newline":                 {"\n", false},
		"no marker":               {"a: b\n", false},
		"marker in second line":   {"\n" + Marker + "\n", false},
		"longer than the marker":  {Marker + " No.\n", false},
		"space after the marker":  {Marker + " \n", false},
		"space before the marker": {" " + Marker + "\n", false},
		"two CR":                  {Marker + "\r\r\n", false},
		"byte order mark":         {"\ufeff" + Marker + "\n", false},
		"part of the marker":      {Marker[:20], false},
		"JSON, longer":            {JSONMarker + ` "a": 1}` + "\n", false},
		"long first line":         {strings.Repeat("x", 1000), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Owned([]byte(tt.content)); got != tt.want {
				t.Errorf("Owned(%q) = %v", tt.content, got)
			}
			if got := ownedOnDisk(t, tt.content); got != tt.want {
				t.Errorf("Owned of the head of %q = %v", tt.content, got)
			}
		})
	}
}

func ownedOnDisk(t *testing.T, content string) bool {
	t.Helper()
	at := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	head, err := headOf(f)
	if err != nil {
		t.Fatal(err)
	}
	return Owned(head)
}

func TestTempName(t *testing.T) {
	for _, name := range []string{"a", "a.yaml", ".a", ".a.gen-tmp"} {
		if got, ok := tempTarget(tempName(name)); !ok || got != name {
			t.Errorf("tempTarget(tempName(%q)) = %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"a", ".a", "a.gen-tmp", ".gen-tmp", "..gen-tmp.yaml", ".a.gen-tmp2"} {
		if got, ok := tempTarget(name); ok {
			t.Errorf("tempTarget(%q) = %q", name, got)
		}
	}
}
