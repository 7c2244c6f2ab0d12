package ci

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
)

// Attributes is a .gitattributes for a repository whose host is not known yet: what Git itself needs. Files replaces the
// block later.
func Attributes() string {
	return begin + "\n" + strings.Join(lineEnds(), "\n") + "\n" + end + "\n"
}

// lineEnds keeps Git from writing CRLF, which gen would take for a change.
func lineEnds() []string { return []string{"clusters/** text eol=lf", "flux/** text eol=lf"} }

// attributes are the lines for .gitattributes. gen compares bytes, so no checkout may change line ends. What is
// generated is folded away in reviews, because the comment says what it does (reference flux.md 3.1); not so what
// reaches production: protected environments, and what environments share.
func attributes(fleet *config.Fleet, host Host) []string {
	generated := " linguist-generated" // GitHub Docs, Customizing how changed files appear on GitHub
	if host == GitLab {
		generated = " gitlab-generated" // GitLab Docs, Changes in merge requests, Collapse generated files
	}
	lines := append(lineEnds(), layout.SchemaFile+generated)
	for _, e := range fleet.Environments {
		if !e.Protect {
			lines = append(lines, "clusters/"+e.Name+"/**"+generated, "flux/"+e.Name+"/**"+generated)
		}
	}
	return lines
}

// codeOwners are the lines for CODEOWNERS: what people write, and what reaches production.
func codeOwners(fleet *config.Fleet, opts Options) []string {
	paths := []string{"/" + layout.ClustersFile, "/hub/", "/flux/hub/", "/flux/base/", "/" + PipelineFile(opts.Host)}
	if opts.Host == GitHub {
		paths = append(paths, "/"+githubRenovate)
	}
	for _, e := range fleet.Environments {
		if e.Protect {
			paths = append(paths, "/clusters/"+e.Name+"/", "/flux/"+e.Name+"/", "/patches/"+e.Name+"/")
		}
	}
	owners := " " + strings.Join(opts.Owners, " ")
	for i := range paths {
		paths[i] += owners
	}
	return paths
}

// codeOwnersFile is the one that the host reads: of several the first (GitHub Docs, About code owners; GitLab Docs, Code
// Owners). Where there is none it is beside the pipeline.
func (m *maker) codeOwnersFile(host Host) string {
	places := []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"}
	if host == GitLab {
		places = []string{"CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}
	}
	i := slices.IndexFunc(places, func(file string) bool {
		_, found := m.read(file)
		return found
	})
	if i >= 0 {
		return places[i]
	}
	return map[Host]string{GitHub: places[0], GitLab: places[2]}[host]
}

// section begins the block in CODEOWNERS. GitLab has sections: without one of our own, the lines would belong to the last
// section of the file, and take over paths from the lines before them.
func section(host Host) string {
	if host == GitLab {
		return "[gen]"
	}
	return ""
}
