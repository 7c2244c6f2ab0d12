package output

import (
	"errors"
	"maps"
	"path"
	"slices"
	"sync"
)

// A batch is the files of one directory that are worked on together.
type batch struct {
	dir   string
	names []string
}

// batches groups files by directory. Both the batches and their names are sorted.
func batches(lists ...[]string) []batch {
	names := map[string][]string{}
	for _, files := range lists {
		for _, file := range files {
			dir := path.Dir(file)
			names[dir] = append(names[dir], path.Base(file))
		}
	}
	result := make([]batch, 0, len(names))
	for _, dir := range slices.Sorted(maps.Keys(names)) {
		slices.Sort(names[dir])
		result = append(result, batch{dir: dir, names: names[dir]})
	}
	return result
}

// parallel calls do for 0 to n-1, on as many workers as the plan has, and returns the first error, after
// which it starts nothing new. Each worker has a trail of its own.
func (p *Plan) parallel(n int, do func(t *trail, i int) error) error {
	if p.workers == 1 {
		return p.inOrder(n, do)
	}
	q := &queue{n: n}
	var wg sync.WaitGroup
	for range min(p.workers, n) {
		wg.Go(func() {
			t := &trail{root: p.root}
			for i, ok := q.next(); ok; i, ok = q.next() {
				q.report(do(t, i))
			}
			q.report(t.close())
		})
	}
	wg.Wait()
	return q.err
}

// inOrder is parallel with one worker, which is the goroutine of the caller.
func (p *Plan) inOrder(n int, do func(t *trail, i int) error) (err error) {
	t := &trail{root: p.root}
	defer func() { err = errors.Join(err, t.close()) }()
	for i := range n {
		if err := do(t, i); err != nil {
			return err
		}
	}
	return nil
}

// A queue hands out the numbers from 0 to n-1 until something fails.
type queue struct {
	mu    sync.Mutex
	taken int
	n     int
	err   error
}

func (q *queue) next() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err != nil || q.taken == q.n {
		return 0, false
	}
	q.taken++
	return q.taken - 1, true
}

func (q *queue) report(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.err = err
	}
}
