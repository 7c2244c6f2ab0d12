// Package cli is the command line: flags in, exit codes out. It holds no logic of its own.
//
// Data goes to stdout, messages to stderr, each message in lower case and without a full stop. Problems are
// printed as file:line:column: path: what is wrong, then a hint. Colour and progress only on a terminal.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"
)

// The exit codes, which are part of the interface.
const (
	// OK means that everything is fine.
	OK = 0
	// Problems means that the input has errors, or that --check found differences.
	Problems = 1
	// Usage means a wrong command line.
	Usage = 2
	// Failure means that gen could not run: a file could not be read or written.
	Failure = 3
)

// Streams are the outside world of the command line.
type Streams struct {
	// In is where answers come from, if it is a terminal.
	In io.Reader
	// Out takes data, Err talk.
	Out, Err io.Writer
	// Getenv reads an environment variable.
	Getenv func(string) string
	// Now is the clock. Without one, nothing is said about what goes by the date.
	Now func() time.Time
	// Build is what the linker was given about the source.
	Build Build
}

// isTerminal reports whether somebody looks at what is written to w.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// errProblems ends a command whose problems are printed already.
var errProblems = errors.New("problems found")

// Main runs the command line args, the first of which is the program's name, and returns the exit code.
func Main(ctx context.Context, args []string, streams Streams) int {
	commands := root(streams)
	err := commands.Run(ctx, args)
	var wrong usageError
	switch {
	case err == nil:
		return OK
	case errors.Is(err, errProblems):
		return Problems
	case errors.As(err, &wrong):
		fmt.Fprintf(streams.Err, "gen: %v\n  hint: %s\n", err, usageHint(err, commands, args[min(1, len(args)):]))
		return Usage
	default:
		fmt.Fprintf(streams.Err, "gen: %v\n", err)
		if h, ok := errors.AsType[hinted](err); ok && h.hint != "" {
			fmt.Fprintf(streams.Err, "  hint: %s\n", h.hint)
		}
		return Failure
	}
}

func root(streams Streams) *cli.Command {
	return completing(&cli.Command{
		Name:                  "gen",
		Usage:                 "generate everything GitOps needs to run a fleet of EKS Auto Mode clusters",
		Version:               streams.Build.builtFrom().String(),
		Writer:                streams.Out,
		ErrWriter:             streams.Err,
		EnableShellCompletion: true,
		ExitErrHandler:        func(context.Context, *cli.Command, error) {},
		OnUsageError:          onUsageError,
		Commands: append([]*cli.Command{
			clustersCommand(streams), verifyCommand(streams), diffCommand(streams), listCommand(streams), explainCommand(streams), costCommand(streams), graphCommand(streams),
			initCommand(streams), manCommand(streams),
			importCommand(streams), statusCommand(streams),
		}, editCommands(streams)...),
		Action: bare,
		Description: `exit codes:
  0  success
  1  problems in the input, or differences found
  2  usage error
  3  could not run`,
	})
}

// bare answers a call without a command with the help, and one with an unknown command with the nearest.
func bare(_ context.Context, cmd *cli.Command) error {
	name := cmd.Args().First()
	if name == "" {
		if err := cli.ShowRootCommandHelp(cmd); err != nil {
			return fmt.Errorf("show help: %w", err)
		}
		return nil
	}
	return unknownCommand(name, cmd.VisibleCommands())
}
