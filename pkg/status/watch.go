package status

import (
	"context"
	"reflect"
	"time"
)

// Watch reads the hub now and with every tick, and shows what it says whenever that has changed; how old something is alone is no
// change. It ends with ctx, or with the error of the first reading; one later, such as while an API server is restarted, it
// hands to lost, once until the hub answers again.
func (h Hub) Watch(ctx context.Context, has func(environment, cluster string) bool, tick <-chan time.Time, show func(Report) error, lost func(error)) error {
	var last *Report
	failing := false
	for {
		report, err := h.Read(ctx, has)
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // who watches has ended it
		case err != nil && last == nil:
			return err
		case err != nil:
			if !failing {
				lost(err)
			}
		case last == nil || !reflect.DeepEqual(report, *last):
			if err := show(report); err != nil {
				return err
			}
			last = &report
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
		}
	}
}
