package ci_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/ci"
)

const (
	begin = "# begin of what gen init ci writes\n"
	end   = "# end of what gen init ci writes\n"
)

// What is generated for production stays open in reviews, and needs its owners.
const (
	githubAttributes = `clusters/** text eol=lf
flux/** text eol=lf
clusters/clusters.schema.json linguist-generated
clusters/dev/** linguist-generated
flux/dev/** linguist-generated
clusters/test/** linguist-generated
flux/test/** linguist-generated
`
	githubOwners = `/clusters/clusters.yaml @example/ops a@example.org
/hub/ @example/ops a@example.org
/flux/hub/ @example/ops a@example.org
/flux/base/ @example/ops a@example.org
/.github/workflows/gen.yaml @example/ops a@example.org
/.github/workflows/gen-renovate.yaml @example/ops a@example.org
/clusters/prod/ @example/ops a@example.org
/flux/prod/ @example/ops a@example.org
/patches/prod/ @example/ops a@example.org
`
)

func TestLines(t *testing.T) {
	owners := []string{"@example/ops", "a@example.org"}
	gitlabOwners := "[gen]\n" + strings.NewReplacer(".github/workflows/gen.yaml", jobsFile, "/"+renovateFile+" @example/ops a@example.org\n", "").Replace(githubOwners)
	gitlabAttributes := strings.ReplaceAll(githubAttributes, "linguist-generated", "gitlab-generated")
	for name, c := range map[string]struct {
		there map[string]string
		opts  ci.Options
		file  string
		want  string // empty for no file
	}{
		"attributes": {nil, ci.Options{Host: ci.GitHub}, ".gitattributes", begin + githubAttributes + end},
		"attributes for GitLab": {
			nil, ci.Options{Host: ci.GitLab}, ".gitattributes", begin + gitlabAttributes + end,
		},
		"lines of people stay, with their line ends": {
			map[string]string{".gitattributes": "* text\r\n*.png binary"},
			ci.Options{Host: ci.GitHub},
			".gitattributes",
			"* text\r\n*.png binary\n" + begin + githubAttributes + end,
		},
		"an old block is replaced where it is": {
			map[string]string{".gitattributes": "* text\n" + begin + "clusters/gone/** linguist-generated\n" + end + "*.png binary\n"},
			ci.Options{Host: ci.GitHub},
			".gitattributes",
			"* text\n" + begin + githubAttributes + end + "*.png binary\n",
		},
		"a pattern of people is theirs": {
			map[string]string{".gitattributes": "flux/dev/**\t-linguist-generated\n"},
			ci.Options{Host: ci.GitHub},
			".gitattributes",
			"flux/dev/**\t-linguist-generated\n" + begin + strings.Replace(githubAttributes, "flux/dev/** linguist-generated\n", "", 1) + end,
		},
		"no owners":         {nil, ci.Options{Host: ci.GitHub}, ".github/CODEOWNERS", ""},
		"owners":            {nil, ci.Options{Host: ci.GitHub, Owners: owners}, ".github/CODEOWNERS", begin + githubOwners + end},
		"owners for GitLab": {nil, ci.Options{Host: ci.GitLab, Owners: owners}, ".gitlab/CODEOWNERS", begin + gitlabOwners + end},
		"the file that GitHub reads": {
			map[string]string{"CODEOWNERS": "* @a\n", "docs/CODEOWNERS": "* @b\n"},
			ci.Options{Host: ci.GitHub, Owners: owners},
			"CODEOWNERS",
			"* @a\n" + begin + githubOwners + end,
		},
		"the file that GitLab reads": {
			map[string]string{".gitlab/CODEOWNERS": "* @a\n", "docs/CODEOWNERS": "[Docs]\n* @b\n"},
			ci.Options{Host: ci.GitLab, Owners: owners},
			"docs/CODEOWNERS",
			"[Docs]\n* @b\n" + begin + gitlabOwners + end,
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := made(t, c.there, c.opts)
			if files[c.file] != c.want {
				t.Errorf("%s is\n%s\nwant\n%s", c.file, files[c.file], c.want)
			}
			if again := made(t, files, c.opts)[c.file]; again != c.want {
				t.Errorf("made again, %s is\n%s", c.file, again)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	for name, c := range map[string]struct {
		there map[string]string
		host  ci.Host
		want  string
	}{
		"a workflow": {map[string]string{workflowFile: "name: mine\n"}, ci.GitHub, workflowFile + ": is there already, and gen does not overwrite it\n  hint: "},
		"jobs":       {map[string]string{jobsFile: "mine: {}\n"}, ci.GitLab, jobsFile + ": is there already, and gen does not overwrite it\n  hint: "},
		"no end": {
			map[string]string{".gitattributes": "* text\n" + begin + "x y\n"},
			ci.GitHub,
			".gitattributes:2:1: the block that begins here has no end\n  hint: add the line after it: " + end,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := result(t, c.there, ci.Options{Host: c.host})
			if !strings.HasPrefix(problems, c.want) || strings.Count(problems, "hint:") != 1 {
				t.Errorf("said\n%s\nwant\n%s", problems, c.want)
			}
		})
	}
}
