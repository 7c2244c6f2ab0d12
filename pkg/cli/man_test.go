package cli

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/urfave/cli/v3"
)

// TestManual pins the form of the page.
func TestManual(t *testing.T) {
	got := manual(&cli.Command{
		Name: "gen", Usage: "make a fleet", Description: "exit codes:\n  0  fine\n.dot",
		Commands: []*cli.Command{
			{Name: "secret", Hidden: true},
			{Name: "init", Commands: []*cli.Command{{Name: "ci", Usage: "write a pipeline", ArgsUsage: "[DIR]", Description: "'Twice.", Flags: []cli.Flag{
				&cli.BoolFlag{Name: "dry-run", Usage: `write nothing, nor \`},
				&cli.StringFlag{Name: "source", Usage: "clone `URL`, …"},
				&cli.StringFlag{Name: "format", Usage: "text or json", Value: "text"},
			}}}},
		},
	})
	want := `.TH GEN 1
.SH NAME
gen \- make a fleet
.SH SYNOPSIS
.B gen
.I command
[\fIflags\fR]
.SH DESCRIPTION
.nf
exit codes:
  0  fine
\&.dot
.fi
.SH COMMANDS
.SS gen init ci [DIR]
write a pipeline.
.PP
.nf
\&'Twice.
.fi
.TP
\fB\-\-dry\-run\fR
write nothing, nor \e.
.TP
\fB\-\-source\fR \fIURL\fR
clone URL, \[u2026].
.TP
\fB\-\-format\fR \fIVALUE\fR
text or json. The default is "text".
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestManualOfGen: the page has every command and every flag, and groff has nothing to say against it.
func TestManualOfGen(t *testing.T) {
	var out, talk bytes.Buffer
	streams := Streams{Out: &out, Err: &talk, Getenv: func(string) string { return "" }}
	if code := Main(t.Context(), []string{"gen", "man"}, streams); code != OK {
		t.Fatalf("ends with %d: %s", code, &talk)
	}
	page := strings.ReplaceAll(out.String(), `\-`, "-")
	var check func(above string, commands []*cli.Command)
	check = func(above string, commands []*cli.Command) {
		for _, c := range commands {
			name := above + " " + c.Name
			if !c.Hidden && len(c.Commands) == 0 && !strings.Contains(page, ".SS "+name) {
				t.Errorf("%s is missing", name)
			}
			for _, flag := range c.Flags {
				if !strings.Contains(page, `\fB--`+flag.Names()[0]+`\fR`) {
					t.Errorf("%s --%s is missing", name, flag.Names()[0])
				}
			}
			check(name, c.Commands)
		}
	}
	check("gen", root(streams).Commands)
	if _, err := exec.LookPath("groff"); err != nil {
		return
	}
	groff := exec.CommandContext(t.Context(), "groff", "-man", "-Tutf8", "-z", "-ww")
	groff.Stdin = &out
	if said, err := groff.CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("%v: %s", err, said)
	}
}
