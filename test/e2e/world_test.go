package e2e

import (
	"context"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/ack"
	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/charts"
	"eks-auto-gitops/test/e2e/git"
	"eks-auto-gitops/test/e2e/history"
	"eks-auto-gitops/test/e2e/internet"
	"eks-auto-gitops/test/e2e/plane"
	"eks-auto-gitops/test/e2e/process"
	"eks-auto-gitops/test/e2e/programs"
)

// Hosts of the internet, as the shipped clusters.yaml names them.
const gitHost = "github.com"

// world is a hub with Flux, the clusters that it delivers, an AWS for ACK, an internet, and a user.
type world struct {
	ctx      context.Context //nolint:containedctx // a test's context, which every helper needs
	group    *process.Group
	net      *internet.Internet
	aws      *aws.AWS
	ack      *ack.Controllers
	plane    *plane.Plane
	hub      *plane.APIServer
	client   client.Client
	history  *history.History
	clusters *clusters
	user     *user
	// at is the revision that an environment was last published at.
	at map[string]string
	// podRoles are the AWS roles of service accounts on the hub.
	podRoles map[string]string
}

// newWorld starts everything, up to a hub on which Flux is not installed yet.
func newWorld(t *testing.T, mode mode) *world {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux do Go programs take the roots of the test's internet from SSL_CERT_FILE")
	}
	start := time.Now()
	defer func() { t.Logf("%5.1fs until there is a hub", time.Since(start).Seconds()) }()
	ctx, cancel := context.WithCancel(interrupted)
	built, err := programs.Build(ctx, "programs", os.Stderr)
	must(t, err)
	dir := t.TempDir()
	w := &world{ctx: ctx, group: process.NewGroup(dir), ack: ack.New(), at: map[string]string{}, podRoles: map[string]string{}}
	t.Cleanup(func() { cancel(); w.group.Stop() })
	logInto(t, dir+"/test.log")

	w.net, err = internet.New(dir)
	must(t, err)
	t.Cleanup(w.net.Close)
	w.user = newUser(t, ctx, dir, mode)
	w.playInternet(t, dir)

	w.plane, err = plane.New(ctx, dir, built, w.group)
	must(t, err)
	h := w.user.hub(t)
	w.hub, err = w.plane.APIServer(ctx, "hub", h.issuer)
	must(t, err)
	must(t, w.plane.Controllers(w.hub))
	w.client = newClient(t, w.hub)
	applyCRDs(t, ctx, w.client, func(group string) bool { return !inCluster(group) })
	must(t, w.client.Create(ctx, namespace(fluxNamespace)))

	w.playAWS(t, dir, h)
	w.deploy(t)
	w.history, err = history.Record(ctx, w.hub.Config(), onHub)
	must(t, err)
	return w
}

// playAWS plays AWS by its host names, with accounts in which nothing is.
func (w *world) playAWS(t *testing.T, dir string, h hub) {
	t.Helper()
	w.clusters = &clusters{dir: dir, plane: w.plane, running: map[string]*cluster{}}
	w.aws = aws.New(w.ctx, w.clusters, w.net.Get)
	w.clusters.listen(t, w.aws)
	for _, region := range []string{"eu-west-2", "us-east-2"} {
		w.net.Handle("eks."+region+".amazonaws.com", w.aws.EKS(region))
		w.net.Handle("sts."+region+".amazonaws.com", w.aws.STS())
	}
	host, path := h.issuerHost()
	w.net.Handle(host, w.hub.Issuer(path))
}

// playInternet plays the Git server and the chart servers.
func (w *world) playInternet(t *testing.T, dir string) {
	t.Helper()
	server, err := git.Server(dir + "/git")
	must(t, err)
	w.net.Handle(gitHost, server)
	hosts, err := charts.Hosts(w.user.clone.Dir)
	must(t, err)
	for host, handler := range hosts {
		w.net.Handle(host, handler)
	}
	operator, err := charts.Guard()
	must(t, err)
	w.net.Handle(guardHost, operator)
}

// onHub says what of the hub's history is of interest: what Flux and ACK work on.
func onHub(group, resource string) bool {
	return strings.HasSuffix(group, "services.k8s.aws") || strings.HasSuffix(group, "toolkit.fluxcd.io") ||
		group == "" && (resource == "namespaces" || resource == "configmaps" || resource == "serviceaccounts" || resource == "resourcequotas") ||
		group == "rbac.authorization.k8s.io" && resource == "rolebindings"
}

// inCluster says which kinds EKS Auto Mode brings into a cluster.
func inCluster(group string) bool { return group == "karpenter.sh" || group == "eks.amazonaws.com" }

// newClient makes a client that asks for strict field validation, as kubectl does.
func newClient(t *testing.T, server *plane.APIServer) client.Client {
	t.Helper()
	c, err := client.New(server.Config(), client.Options{})
	must(t, err)
	return client.WithFieldValidation(c, metav1.FieldValidationStrict)
}

// logInto sends what the test's own controllers say into a file.
func logInto(t *testing.T, file string) {
	t.Helper()
	out, err := os.Create(file)
	must(t, err)
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(out, nil)))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
