package render

import "bytes"

// A Cache keeps files that were read, for builders of trees in which most files are the same. It is for one goroutine.
type Cache struct{ files map[string]cached }

// cached is a file that was read. Without documents it is not of the simple form.
type cached struct {
	content   []byte
	documents []document
}

// NewCache makes a cache with nothing in it.
func NewCache() *Cache { return &Cache{files: map[string]cached{}} }

// known are those of the files that were read before with the same content, and the names of the others.
func (c *Cache) known(content map[string][]byte, names []string) (decoded map[string][]document, left []string) {
	decoded = map[string][]document{}
	for _, name := range names {
		file, ok := c.files[name]
		switch {
		case !ok || !bytes.Equal(file.content, content[name]):
			left = append(left, name)
		case file.documents != nil:
			decoded[name] = file.documents
		}
	}
	return decoded, left
}

// keep remembers files that were read.
func (c *Cache) keep(content map[string][]byte, names []string, decoded map[string][]document) {
	for _, name := range names {
		c.files[name] = cached{content[name], decoded[name]}
	}
}
