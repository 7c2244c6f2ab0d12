package ci

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
)

// Where the pipelines are. GitHub runs every file in its folder; GitLab runs one file, which includes others.
const (
	githubFile     = ".github/workflows/gen.yaml"
	githubRenovate = ".github/workflows/gen-renovate.yaml"
	gitlabFile     = ".gitlab/gen.yml"
	gitlabStart    = ".gitlab-ci.yml"
)

// PipelineFile is the file with the pipeline for a host.
func PipelineFile(host Host) string {
	if host == GitHub {
		return githubFile
	}
	return gitlabFile
}

func (m *maker) github(fleet *config.Fleet, opts Options) {
	settings := source(opts)
	settings["branches: [main]"] = "branches: " + quote(branches(fleet))
	m.whole(githubFile, m.pipeline("github.yaml", settings))
	m.whole(githubRenovate, m.pipeline("github-renovate.yaml", source(opts)))
}

// gitlab makes the jobs, and the file that includes them if there is no pipeline yet.
func (m *maker) gitlab(opts Options) {
	m.whole(gitlabFile, m.pipeline("gitlab.yaml", source(opts)))
	if _, found := m.read(gitlabStart); !found {
		m.add(gitlabStart, m.pipeline("gitlab-include.yaml", nil))
	}
}

// Todo says what is left to people once the files of [Files] are in the repository, a sentence for each thing.
func Todo(repository fs.FS, opts Options) ([]string, error) {
	m := &maker{repository: repository}
	var list []string
	if pipeline, _ := m.read(PipelineFile(opts.Host)); unset(pipeline) {
		list = append(list, "set GEN_SOURCE and GEN_REVISION in "+PipelineFile(opts.Host)+": the Git repository and the commit that gen is built from")
	}
	if opts.Host == GitLab {
		if start, _ := m.read(gitlabStart); !strings.Contains(start, gitlabFile) {
			list = append(list, "include the jobs in "+gitlabStart+": include: [{local: "+gitlabFile+"}]")
		}
		list = append(list, "for comments on merge requests, make a project access token (role Reporter, scope api) and keep it as the masked variable GEN_GITLAB_TOKEN")
	}
	if len(opts.Owners) == 0 {
		list = append(list, "CODEOWNERS was left alone: name who has to approve changes of production with --owner")
	}
	return list, m.err
}

// unset reports whether a pipeline does not say yet what gen is built from.
func unset(pipeline string) bool {
	return strings.Contains(pipeline, `GEN_SOURCE: ""`) || strings.Contains(pipeline, `GEN_REVISION: ""`)
}

func source(opts Options) map[string]string {
	return map[string]string{
		`GEN_SOURCE: ""`:   "GEN_SOURCE: " + quote(opts.Source),
		`GEN_REVISION: ""`: "GEN_REVISION: " + quote(opts.Revision),
	}
}

// branches are those of the environments, each once, as patterns that match nothing else (GitHub Docs, Workflow syntax,
// Filter pattern cheat sheet: of the special characters, Git allows these in a branch).
func branches(fleet *config.Fleet) []string {
	var list []string
	literal := strings.NewReplacer("+", `\+`, "!", `\!`)
	for _, e := range fleet.Environments {
		list = append(list, literal.Replace(e.Branch))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// set replaces lines of a file, apart from the space before them. A line that is not there once is a mistake of ours.
func set(text string, settings map[string]string) (string, error) {
	for from, to := range settings {
		if strings.Count(text, " "+from+"\n") != 1 {
			return "", fmt.Errorf("an embedded file does not have the line %q once", from)
		}
		text = strings.Replace(text, " "+from+"\n", " "+to+"\n", 1)
	}
	return text, nil
}

// quote writes a string or a list of strings as JSON, which is YAML too.
func quote(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return `""` // strings can always be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}
