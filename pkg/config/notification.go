package config

import (
	"cmp"
	"net/url"
	"strings"
)

// Notification sends what Flux says of an environment's clusters to one receiver. It becomes a Provider and an Alert on the hub.
type Notification struct {
	// Name is the name of the Provider and the Alert in fleet-<environment>. A DNS label.
	Name string `yaml:"name"`
	// Type is Flux's type of Provider: github and gitlab set the status of each commit, slack and msteams write messages, generic
	// and generic-hmac post each event as JSON.
	Type string `yaml:"type"`
	// Address is where to send: for github and gitlab the repository, by default repository.url; for generic an https:// address.
	// An address that is a credential itself, such as Slack's, belongs into the Secret.
	Address string `yaml:"address,omitempty"`
	// Channel is the channel of slack.
	Channel string `yaml:"channel,omitempty"`
	// Severity is error, the default of messages, or info, which is every reconciliation that changed something. A commit
	// status has both.
	Severity string `yaml:"severity,omitempty"`
	// SecretRef names the Secret in fleet-<environment> on the hub with the key token, or address.
	SecretRef *SecretRef `yaml:"secretRef,omitempty"`
}

// The types of Provider that gen makes (Flux, Provider API: Type).
const (
	NotifyGitHub  = "github"
	NotifyGitLab  = "gitlab"
	NotifySlack   = "slack"
	NotifyTeams   = "msteams"
	NotifyGeneric = "generic"
	NotifyHMAC    = "generic-hmac"
)

// The severities of an Alert (Flux, Alert API: Event severity).
const (
	SeverityInfo  = "info"
	SeverityError = "error"
)

func notificationTypes() []string {
	return []string{NotifyGitHub, NotifyGitLab, NotifySlack, NotifyTeams, NotifyGeneric, NotifyHMAC}
}

// CommitStatus reports whether the receiver shows the status of a commit.
func (n Notification) CommitStatus() bool { return n.Type == NotifyGitHub || n.Type == NotifyGitLab }

// fillNotifications sets what is left out. A status that is only ever a failure would stay one, so commits get both severities.
func fillNotifications(f *Fleet) {
	for i := range f.Environments {
		for j := range f.Environments[i].Notifications {
			n := &f.Environments[i].Notifications[j]
			if n.CommitStatus() {
				n.Severity = cmp.Or(n.Severity, SeverityInfo)
				n.Address = cmp.Or(n.Address, webAddress(f.Repository.URL))
			}
			n.Severity = cmp.Or(n.Severity, SeverityError)
		}
	}
}

// webAddress is the https:// address of a repository, which notification-controller takes the host of the API from.
func webAddress(repository string) string {
	u, err := url.Parse(repository)
	if err != nil || u.Hostname() == "" {
		return repository
	}
	port := ""
	if u.Scheme == "https" && u.Port() != "" {
		port = ":" + u.Port()
	}
	return "https://" + u.Hostname() + port + strings.TrimSuffix(u.Path, ".git")
}
