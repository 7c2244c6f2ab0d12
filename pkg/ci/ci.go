// Package ci generates the files that let the host of a repository check each change with gen: a pipeline, lines for
// .gitattributes, and lines for CODEOWNERS.
//
// In: the fleet, and the existing files. Out: files that users own from then on. A pipeline is never
// changed again; the lines are in a separate block between the users' lines.
// It imports only config, diag and layout of this module.
package ci

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

// files are the pipelines, each whole and valid with empty settings.
//
//go:embed files/*.yaml
var files embed.FS

// Command is what people call to get these files; messages and comments name it.
const Command = "gen init ci"

// A Host is where the repository is hosted, by the name that people call it in a flag.
type Host string

// The hosts.
const (
	GitHub Host = "github"
	GitLab Host = "gitlab"
)

// Options are what the fleet does not say.
type Options struct {
	// Host is GitHub or GitLab.
	Host Host
	// Source is the Git URL that the pipeline builds gen from, Revision a commit, a tag or a branch of it. Either may be
	// empty: the pipeline then says what to set.
	Source, Revision string
	// Owners approve what touches production, as CODEOWNERS writes them: @user, @group/team or an address. Without any
	// there are no lines for CODEOWNERS.
	Owners []string
}

// Files makes the files for a host. repository is read for what is there already.
//
// The tree has every file with the content that it should have, also if that is what it has. The problems are files of
// people that stand where a pipeline belongs, and blocks without an end. An error means that a file could not be read.
func Files(repository fs.FS, fleet *config.Fleet, opts Options) (*layout.Tree, diag.List, error) {
	m := &maker{repository: repository, tree: layout.NewTree()}
	if opts.Host == GitHub {
		m.github(fleet, opts)
	} else {
		m.gitlab(opts)
	}
	m.block(".gitattributes", "", attributes(fleet, opts.Host))
	if len(opts.Owners) > 0 {
		m.block(m.codeOwnersFile(opts.Host), section(opts.Host), codeOwners(fleet, opts))
	}
	return m.tree, m.problems, m.err
}

// maker collects files; after an error it does nothing.
type maker struct {
	repository fs.FS
	tree       *layout.Tree
	problems   diag.List
	err        error
}

// read returns the content of a file and whether there is one.
func (m *maker) read(file string) (content string, found bool) {
	bytes, err := readfile.Read(m.repository, file)
	if _, ok := readfile.Problem(err); ok {
		return "", false // in the way of what is written, which says so
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", false
	}
	if err != nil {
		m.fail(fmt.Errorf("read what is there already: %w", err))
	}
	return string(bytes), err == nil
}

func (m *maker) add(file, content string) { m.fail(m.tree.Add(file, []byte(content))) }

func (m *maker) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// whole adds a file that is written once.
func (m *maker) whole(file, content string) {
	if there, found := m.read(file); found && there != content {
		m.problems = append(m.problems, diag.Problem{
			File: file, Message: "is there already, and gen does not overwrite it",
			Hint: "see what differs with " + Command + " --dry-run and the same flags, and change it by hand; or delete it and run again",
		})
	}
	m.add(file, content)
}

// pipeline is an embedded file with its settings.
func (m *maker) pipeline(name string, settings map[string]string) string {
	content, err := fs.ReadFile(files, "files/"+name)
	if err != nil {
		m.fail(fmt.Errorf("read an embedded file: %w", err))
		return ""
	}
	text, err := set(string(content), settings)
	m.fail(err)
	return text
}
