package watcher

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// fetch downloads a source and unpacks it into a folder.
func fetch(ctx context.Context, s source, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		return err
	}
	response, err := (&http.Client{Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true}}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // only read
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return errors.Join(err, fmt.Errorf("%s says %s", s.URL, response.Status))
	}
	if digest := sum(content); digest != s.Digest {
		return fmt.Errorf("the digest of %s is %s, not %s", s.URL, digest, s.Digest)
	}
	stream, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return err
	}
	for files := tar.NewReader(stream); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if err := unpack(files, filepath.Join(dir, filepath.Clean("/"+header.Name))); err != nil {
			return err
		}
	}
}

func unpack(from io.Reader, file string) error {
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o600)
}

// copyTo copies a file, or a folder with all that is in it.
func copyTo(from, to string) error {
	return filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		content, err := os.Open(name)
		if err != nil {
			return err
		}
		defer content.Close() //nolint:errcheck // only read
		return unpack(content, filepath.Join(to, rel))
	})
}

// archive packs a folder so that the same files give the same bytes, and stores it.
func (w *Watcher) archive(dir, namespace, name string) (file, digest string, size int64, err error) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	files := tar.NewWriter(zip)
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error { // in the order of names
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if err := files.WriteHeader(&tar.Header{Name: rel, Mode: 0o644, Size: int64(len(content)), Typeflag: tar.TypeReg}); err != nil {
			return err
		}
		_, err = files.Write(content)
		return err
	})
	if err = errors.Join(err, files.Close(), zip.Close()); err != nil {
		return "", "", 0, err
	}
	digest = sum(packed.Bytes())
	file = digest[len("sha256:"):] + ".tar.gz"
	return file, digest, int64(packed.Len()), unpack(&packed, filepath.Join(w.storage, namespace, name, file))
}

func sum(content []byte) string {
	hash := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(hash[:])
}
