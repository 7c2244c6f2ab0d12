package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkNotifications checks what notification-controller would only say when it has something to send
// (notification-controller v1.9, internal/notifier).
func checkNotifications(f fleetScope) {
	for i, e := range f.Environments {
		if !f.has("environments", i, "notifications") {
			continue
		}
		f.uniqueNames(named(e.Notifications, func(n Notification) string { return n.Name }), "notification", "environments", i, "notifications")
		for j, n := range e.Notifications {
			s := f.sub("environments", i, "notifications", j)
			s.label(s.at("name"), n.Name)
			s.oneOf(s.at("type"), n.Type, "a type of notification", notificationTypes())
			s.oneOf(s.at("severity"), n.Severity, "a severity", []string{SeverityInfo, SeverityError})
			if n.CommitStatus() && n.Severity == SeverityError {
				s.fail(s.at("severity"), "a commit that failed once would never be shown as delivered", "remove severity: a commit status needs both")
			}
			if n.Channel != "" && n.Type != NotifySlack {
				s.fail(s.at("channel"), fmt.Sprintf("%s has no channels", n.Type), "remove it; only slack has them")
			}
			s.receiver(e.Name, n)
			f.notificationSecret(s, e.Name, n)
		}
	}
}

// receiver checks where a notification goes.
func (s scope) receiver(environment string, n Notification) {
	at := s.at("address")
	secret := fmt.Sprintf("put it as the key address into a Secret in the namespace fleet-%s, and name that with secretRef", environment)
	u, err := url.Parse(n.Address)
	https := err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil
	switch {
	case !slices.Contains(notificationTypes(), n.Type):
	case n.Address == "" && n.SecretRef == nil:
		s.fail(at, "is missing", "add where to send, or "+secret)
	case n.Address == "":
	case !https:
		s.fail(at, fmt.Sprintf("%q is not an https:// address", n.Address), "notifications name clusters and accounts, so they go encrypted only")
	case n.Type == NotifyTeams || n.Type == NotifySlack && strings.HasPrefix(u.Hostname(), "hooks."):
		s.fail(at, "who knows this address can write there, so it is a secret", secret)
	case n.CommitStatus() && strings.Count(strings.Trim(u.Path, "/"), "/") < 1:
		s.fail(at, fmt.Sprintf("%q is not the address of a repository", n.Address), "write it as https://host/owner/repository")
	case n.Type == NotifyGitHub && u.Hostname() == "gitlab.com", n.Type == NotifyGitLab && u.Hostname() == "github.com":
		s.fail(s.at("type"), fmt.Sprintf("the repository is on %s, not on %s", u.Hostname(), n.Type), "write type: "+strings.TrimSuffix(u.Hostname(), ".com"))
	}
}

// notificationSecret checks the Secret of a notification. What begins like those of charts, a commit on the branch could have sent
// to any host.
func (f fleetScope) notificationSecret(s scope, environment string, n Notification) {
	at := s.at("secretRef", "name")
	repository := f.Repository.SecretRef
	switch {
	case n.SecretRef == nil:
		if n.CommitStatus() || n.Type == NotifyHMAC {
			s.fail(s.at("secretRef"), "is missing", fmt.Sprintf("add secretRef: {name: …}, a Secret in the namespace fleet-%s with the key token", environment))
		}
	case n.SecretRef.Name == "":
	case len(validation.IsDNS1123Subdomain(n.SecretRef.Name)) > 0:
		s.fail(at, fmt.Sprintf("%q is not the name of a Secret", n.SecretRef.Name), "use a to z, 0 to 9, dashes and dots")
	case strings.HasPrefix(n.SecretRef.Name, ChartSecretPrefix):
		s.fail(at, fmt.Sprintf("%q begins with %s", n.SecretRef.Name, ChartSecretPrefix), "chart sources may use such Secrets, so a commit could send it anywhere; choose another name")
	case repository != nil && repository.Name == n.SecretRef.Name && !n.CommitStatus():
		s.fail(at, fmt.Sprintf("%q has the credentials of this repository", n.SecretRef.Name), "they would be sent along; make another Secret")
	}
}
