package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/urfave/cli/v3"
)

// manCommand prints the manual page, for those who make packages.
func manCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "man",
		Hidden:       true,
		Usage:        "print the manual page",
		OnUsageError: onUsageError,
		Action: func(_ context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			_, err := io.WriteString(streams.Out, manual(root(streams)))
			if err != nil {
				return fmt.Errorf("print the manual page: %w", err)
			}
			return nil
		},
	}
}

// manual is the page gen(1) in the language of man (groff_man(7)). It is not cli-docs' page, which leaves out arguments and
// descriptions of subcommands, with them the exit codes.
func manual(root *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1\n.SH NAME\n%s \\- %s\n", strings.ToUpper(root.Name), roff(root.Name), roff(root.Usage))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n.I command\n[\\fIflags\\fR]\n", roff(root.Name))
	b.WriteString(".SH DESCRIPTION\n" + block(root.Description) + ".SH COMMANDS\n")
	manualOf(&b, root.Name, root.Commands)
	return b.String()
}

// manualOf describes commands below one of a name, each with its flags; one that only holds others, and takes nothing itself, is left out.
func manualOf(b *strings.Builder, above string, commands []*cli.Command) {
	for _, c := range commands {
		if c.Hidden || c.Name == "help" {
			continue
		}
		name := above + " " + c.Name
		if len(c.Commands) > 0 && c.ArgsUsage == "" {
			manualOf(b, name, c.Commands)
			continue
		}
		fmt.Fprintf(b, ".SS %s\n%s.\n", roff(strings.TrimSpace(name+" "+c.ArgsUsage)), roff(c.Usage))
		if c.Description != "" {
			b.WriteString(".PP\n" + block(c.Description))
		}
		for _, flag := range c.VisibleFlags() {
			b.WriteString(entry(flag))
		}
		manualOf(b, name, c.Commands)
	}
}

// entry describes a flag: its name, what it takes, what it does and what it is by default.
func entry(flag cli.Flag) string {
	name := flag.Names()[0]
	doc, ok := flag.(cli.DocGenerationFlag)
	if name == "help" || !ok {
		return ""
	}
	_, value, _ := strings.Cut(doc.GetUsage(), "`") // `NAME` is how a text names what the flag takes
	value, _, named := strings.Cut(value, "`")
	head := `\fB` + roff("--"+name) + `\fR`
	switch {
	case named:
		head += ` \fI` + roff(value) + `\fR`
	case doc.TakesValue():
		head += ` \fIVALUE\fR`
	}
	usage := roff(strings.ReplaceAll(doc.GetUsage(), "`", "")) + "."
	if given := doc.GetValue(); doc.TakesValue() && given != "" {
		usage += " The default is " + roff(given) + "."
	}
	return ".TP\n" + head + "\n" + usage + "\n"
}

// block is text whose lines stay as they are.
func block(text string) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(roff(line) + "\n")
	}
	return b.String() + ".fi\n"
}

// roff is text without a sign that means something to man: a backslash, a hyphen that may become a dash, a dot or an
// apostrophe at the beginning of a line, and what is not ASCII (groff_char(7)).
func roff(text string) string {
	var b strings.Builder
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		b.WriteString(`\&`)
	}
	for _, r := range text {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r > unicode.MaxASCII:
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
