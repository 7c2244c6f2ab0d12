package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// isolation commits one attack after the other on the branch dev.
func isolation(t *testing.T, w *world) {
	w.ensure(t)
	w.user.checkout(t, "dev")
	before := w.picture(t)
	for i, a := range attacks() {
		t.Run(a.name, func(t *testing.T) {
			defer w.user.attack(t, a)()
			revision := w.publish(t, "dev", a.name)
			w.untilRefused(t, a, revision)
			if i == 0 {
				for _, cluster := range members()["dev"] { // the rest of dev goes on
					w.until(t, cluster+" is delivered", func() error { return w.delivered(cluster, revision) })
				}
			}
		})
	}
	w.untilDelivered(t, "dev", w.publish(t, "dev", "As it was"), members()["dev"]...)
	if names := changed(before, w.picture(t), sameContent); len(names) > 0 {
		t.Errorf("the attacks changed %v", names)
	}
}

// attack changes the tree by hand, and returns what puts it right again.
func (u *user) attack(t *testing.T, a attack) (undo func()) {
	t.Helper()
	file := a.file
	if a.folder != "" {
		file = a.folder + "/kustomization.yaml"
		u.write(t, a.folder+"/attack.yaml", []byte(a.object))
		a.old, a.new = "resources:\n", "resources:\n- attack.yaml\n"
	}
	content := u.read(t, file)
	attacked := strings.Replace(string(content), a.old, a.new, 1)
	if attacked == string(content) {
		t.Fatalf("%s has no %q", file, a.old)
	}
	u.write(t, file, []byte(attacked))
	return func() {
		u.write(t, file, content)
		if a.folder != "" {
			must(t, os.Remove(filepath.Join(u.clone.Dir, a.folder, "attack.yaml")))
		}
	}
}

// untilRefused waits until Flux says that the API server has refused the attack, and checks that it is not there.
func (w *world) untilRefused(t *testing.T, a attack, revision string) {
	t.Helper()
	k := kustomization("fleet-dev", "fleet")
	if a.folder == stage {
		k = kustomization(blogCluster, "foundation")
	}
	w.until(t, "the API server refuses it", func() error {
		if err := w.get(k); err != nil {
			return err
		}
		status, reason, message := conditionOf(k, "Ready")
		want, err := revision, error(nil)
		if a.folder == stage {
			if want, err = w.artifact(blogCluster, revision); err != nil {
				return err
			}
		}
		switch attempted := text(k, "status", "lastAttemptedRevision"); {
		case attempted != want:
			return fmt.Errorf("%s is at %s", k.GetName(), attempted)
		case status == "True":
			return fmt.Errorf("%w: it was applied", errNever)
		case status != "False":
			return fmt.Errorf("%s is %s: %s", k.GetName(), reason, message)
		case !refused(message, a.message):
			return fmt.Errorf("%w: it says %s", errNever, message)
		}
		return nil
	})
	for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool { return o.GetName() == "detour" }) {
		t.Errorf("%s %s/%s was made", e.Object.GetKind(), e.Object.GetNamespace(), e.Object.GetName())
	}
}

// refused reports whether the API server has said what it must. Where policies of both environments refuse an attack, it
// may name one of prod's; a selector of prod is to be deleted first, for its ARN cannot be changed.
func refused(message, want string) bool {
	return slices.ContainsFunc([]string{
		want, "ValidatingAdmissionPolicy 'fleet-prod.", "the IAMRoleSelector belongs to another environment than dev",
	}, func(said string) bool { return strings.Contains(message, said) })
}
