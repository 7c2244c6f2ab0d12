package charts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Media types of a chart in a registry (Helm documentation: Use OCI-based registries).
const (
	configType types.MediaType = "application/vnd.cncf.helm.config.v1+json"
	layerType  types.MediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
)

// Hosts returns the servers of all charts that a generated tree asks for, by host.
func Hosts(tree string) (map[string]http.Handler, error) {
	all, err := find(tree)
	if err != nil {
		return nil, err
	}
	hosts := map[string]http.Handler{}
	for _, w := range all {
		content, err := pack(anyChart, w.name, w.version)
		if err != nil {
			return nil, err
		}
		if w.oci {
			if hosts[w.host] == nil {
				hosts[w.host] = registry.New(registry.Logger(log.New(io.Discard, "", 0)))
			}
			if err := push(hosts[w.host], w, content); err != nil {
				return nil, err
			}
			continue
		}
		if hosts[w.host] == nil {
			hosts[w.host] = http.NewServeMux()
		}
		serve(hosts[w.host].(*http.ServeMux), w, content)
	}
	return hosts, nil
}

// serve adds a repository with one chart (Helm documentation: The Chart Repository Guide).
func serve(mux *http.ServeMux, w wanted, content []byte) {
	file := w.name + "-" + w.version + ".tgz"
	sum := sha256.Sum256(content)
	index := fmt.Sprintf("apiVersion: v1\nentries:\n  %s:\n  - {apiVersion: v2, name: %s, version: %s, urls: [%s], digest: %s}\n",
		w.name, w.name, w.version, file, hex.EncodeToString(sum[:]))
	answer := func(content []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(content) }
	}
	mux.HandleFunc("/"+w.path+"/index.yaml", answer([]byte(index)))
	mux.HandleFunc("/"+w.path+"/"+file, answer(content))
}

// push puts a chart into a registry.
func push(to http.Handler, w wanted, content []byte) error {
	server := httptest.NewServer(to)
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		return fmt.Errorf("address of the registry: %w", err)
	}
	tag, err := name.NewTag(address.Host + "/" + w.path + ":" + w.version)
	if err != nil {
		return fmt.Errorf("name of chart %s: %w", w.name, err)
	}
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), configType)
	image, err = mutate.AppendLayers(image, static.NewLayer(content, layerType))
	if err != nil {
		return fmt.Errorf("pack chart %s: %w", w.name, err)
	}
	if err := remote.Write(tag, image); err != nil {
		return fmt.Errorf("push chart %s: %w", w.name, err)
	}
	return nil
}
