// Package charts plays the servers that the generated chart sources name, with a chart of the test's own under
// the names and versions that the generated releases ask for. The chart runs nothing, because no node is there
// to run it: it shows the values that it was given, and makes the accounts and the Ingress of the real charts.
package charts

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed chart guard web
var chart embed.FS

// The folders of the charts.
const (
	anyChart = "chart"
	guard    = "guard"
	web      = "web"
)

// pack makes a chart archive of a name and version (Helm documentation: The Chart File Structure).
func pack(folder, name, version string) ([]byte, error) {
	files := map[string][]byte{
		"Chart.yaml": fmt.Appendf(nil, "apiVersion: v2\nname: %s\nversion: %s\nkubeVersion: '>=1.30.0-0'\n", name, version),
	}
	err := fs.WalkDir(chart, folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(chart, path)
		files[strings.TrimPrefix(path, folder+"/")] = content
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the chart: %w", err)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zip)
	for file, content := range files {
		header := &tar.Header{Name: name + "/" + file, Mode: 0o644, Size: int64(len(content))}
		if err := archive.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("pack %s: %w", file, err)
		}
		if _, err := archive.Write(content); err != nil {
			return nil, fmt.Errorf("pack %s: %w", file, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	if err := zip.Close(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	return packed.Bytes(), nil
}
