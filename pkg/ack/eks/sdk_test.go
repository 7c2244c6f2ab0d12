package eks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/ack"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	"eks-auto-gitops/pkg/resource"
)

// convert fills to, a struct of the AWS SDK, with what from, a struct of ACK, holds, by the names of the
// fields as ACK's controllers do. It returns what found no place. A reference becomes what ACK would resolve
// it to: RoleRef a RoleArn, SubnetRefs SubnetIds.
func convert(path string, from, to reflect.Value) []string {
	switch {
	case from.Kind() == reflect.Pointer:
		if from.IsNil() {
			return nil
		}
		return convert(path, from.Elem(), to)
	case to.Kind() == reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return convert(path, from, to.Elem())
	case from.Kind() == reflect.Struct && to.Kind() == reflect.Struct:
		return convertStruct(path, from, to)
	case from.Kind() == reflect.Slice && to.Kind() == reflect.Slice:
		return convertList(path, from, to)
	case from.Kind() == reflect.Map && to.Kind() == reflect.Map:
		to.Set(reflect.MakeMap(to.Type()))
		var left []string
		for _, key := range from.MapKeys() {
			value := reflect.New(to.Type().Elem()).Elem()
			left = append(left, convert(path, from.MapIndex(key), value)...)
			to.SetMapIndex(key, value)
		}
		return left
	case from.Kind() == to.Kind() && from.CanConvert(to.Type()):
		to.Set(from.Convert(to.Type()))
		return checkEnum(path, to)
	}
	return []string{fmt.Sprintf("%s: %s does not become %s", path, from.Type(), to.Type())}
}

func convertStruct(path string, from, to reflect.Value) []string {
	var left []string
	for field := range from.Type().Fields() {
		value := from.FieldByIndex(field.Index)
		if value.IsZero() {
			continue
		}
		below := path + "." + field.Name
		name, resolved := target(field.Name)
		into := to.FieldByNameFunc(func(other string) bool { return strings.EqualFold(other, name) })
		switch {
		case !into.IsValid():
			left = append(left, below+": the SDK has no such field")
		case !into.IsZero():
			left = append(left, below+": the field and its reference are both set")
		case resolved != "" && value.Kind() == reflect.Slice:
			ids := make([]string, value.Len())
			for i := range ids {
				ids[i] = fmt.Sprintf("%s%d", resolved, i)
			}
			left = append(left, convert(below, reflect.ValueOf(ids), into)...)
		case resolved != "":
			left = append(left, convert(below, reflect.ValueOf(resolved), into)...)
		default:
			left = append(left, convert(below, value, into)...)
		}
	}
	return left
}

func convertList(path string, from, to reflect.Value) []string {
	var left []string
	to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
	for i := range from.Len() {
		left = append(left, convert(fmt.Sprintf("%s[%d]", path, i), from.Index(i), to.Index(i))...)
	}
	return left
}

// target is the SDK's name of an ACK field, and for a reference a value as ACK would resolve it. In other
// respects the two differ in letter case only: ServiceIPv4CIDR is ServiceIpv4Cidr.
func target(name string) (field, resolved string) {
	switch name {
	case "RoleRef":
		return "RoleArn", "arn:aws:iam::111122223333:role/resolved"
	case "SubnetRefs":
		return "SubnetIds", "subnet-0123456789abcdef"
	case "SecurityGroupRefs":
		return "SecurityGroupIds", "sg-0123456789abcdef"
	}
	return name, ""
}

// checkEnum asks the SDK's own list of values, if the type has one.
func checkEnum(path string, value reflect.Value) []string {
	values := value.MethodByName("Values")
	if !values.IsValid() {
		return nil
	}
	list := values.Call(nil)[0]
	for i := range list.Len() {
		if list.Index(i).Interface() == value.Interface() {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: %q is none of %v", path, value, list)}
}

// recorder answers like EKS and keeps the request.
type recorder struct{ body []byte }

func (r *recorder) Do(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	r.body = body
	return &http.Response{
		StatusCode: http.StatusOK, Request: request, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader([]byte(`{"cluster":{}}`))),
	}, err
}

// send lets the SDK check the input and write the request, which goes nowhere.
func send(input *eks.CreateClusterInput) (map[string]any, error) {
	wire := &recorder{}
	client := eks.New(eks.Options{
		Region: "eu-west-2", HTTPClient: wire, Retryer: aws.NopRetryer{},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "none", SecretAccessKey: "none"}, nil
		}),
	})
	if _, err := client.CreateCluster(context.Background(), input); err != nil {
		return nil, err
	}
	sent := map[string]any{}
	return sent, json.Unmarshal(wire.body, &sent)
}

// clusters are the EKS clusters of all golden trees, by case and name.
func clusters(t *testing.T) map[string]*ackeks.Cluster {
	t.Helper()
	found := map[string]*ackeks.Cluster{}
	for _, c := range golden.WithShipped(t) {
		tree := c.Tree(t)
		for _, path := range tree.Paths() {
			if !strings.HasSuffix(path, "/cluster/cluster.yaml") {
				continue
			}
			content, _ := tree.Get(path)
			cluster := &ackeks.Cluster{}
			if err := resource.Read(content, cluster); err != nil {
				t.Fatalf("case %s: %s: %v", c.Name, path, err)
			}
			found[c.Name+"/"+cluster.Name] = cluster
		}
	}
	if len(found) == 0 {
		t.Fatal("no golden tree has a cluster")
	}
	return found
}

// TestClustersAreWhatEKSTakes: every cluster becomes a request that the AWS SDK accepts and that says all
// that the object says.
func TestClustersAreWhatEKSTakes(t *testing.T) {
	for name, cluster := range clusters(t) {
		t.Run(name, func(t *testing.T) {
			input := &eks.CreateClusterInput{}
			for _, fault := range convert("spec", reflect.ValueOf(cluster.Spec), reflect.ValueOf(input).Elem()) {
				t.Error(fault)
			}
			sent, err := send(input)
			if err != nil {
				t.Fatal(err)
			}
			checkAutoMode(t, input)
			for _, field := range []string{"name", "version", "roleArn", "resourcesVpcConfig", "computeConfig", "storageConfig", "logging", "tags"} {
				// What ACK only looks at has no tags, and nothing is ever sent for it.
				if sent[field] == nil && (field != "tags" || cluster.Annotations[ack.ReadOnly] == "") {
					t.Errorf("the request has no %s", field)
				}
			}
		})
	}
}

// checkAutoMode: what EKS checks and the SDK does not (Amazon EKS User Guide: Create an EKS Auto Mode Cluster).
func checkAutoMode(t *testing.T, in *eks.CreateClusterInput) {
	t.Helper()
	if in.ComputeConfig == nil || in.StorageConfig == nil || in.StorageConfig.BlockStorage == nil || in.KubernetesNetworkConfig == nil ||
		in.KubernetesNetworkConfig.ElasticLoadBalancing == nil || in.ResourcesVpcConfig == nil || in.Logging == nil {
		t.Fatal("a part of the request that Auto Mode needs is missing")
	}
	if !aws.ToBool(in.ComputeConfig.Enabled) || !aws.ToBool(in.StorageConfig.BlockStorage.Enabled) ||
		!aws.ToBool(in.KubernetesNetworkConfig.ElasticLoadBalancing.Enabled) {
		t.Error("the three switches of Auto Mode are not all on")
	}
	if in.BootstrapSelfManagedAddons == nil || *in.BootstrapSelfManagedAddons {
		t.Error("Auto Mode has its own networking add-ons")
	}
	if pools := in.ComputeConfig.NodePools; (len(pools) == 0) != (in.ComputeConfig.NodeRoleArn == nil) {
		t.Errorf("built-in pools %v and the node role go together", pools)
	}
	if len(in.ResourcesVpcConfig.SubnetIds) < 2 {
		t.Errorf("EKS wants two subnets, not %v", in.ResourcesVpcConfig.SubnetIds)
	}
	var types []types.LogType
	for _, setup := range in.Logging.ClusterLogging {
		if len(setup.Types) == 0 {
			t.Error("a list of log types is empty")
		}
		types = append(types, setup.Types...)
	}
	slices.Sort(types)
	if len(slices.Compact(types)) != 5 {
		t.Errorf("log types %v; ACK settles only when each of the five is there once", types)
	}
}

// TestConversionFindsFaults breaks a good cluster; otherwise the test above proves nothing.
func TestConversionFindsFaults(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*ackeks.ClusterSpec)
		want   string
	}{
		"wrong enum":        {func(s *ackeks.ClusterSpec) { s.UpgradePolicy.SupportType = new("Standard") }, `"Standard" is none of`},
		"wrong mode":        {func(s *ackeks.ClusterSpec) { s.AccessConfig.AuthenticationMode = new("api") }, `"api" is none of`},
		"wrong log type":    {func(s *ackeks.ClusterSpec) { s.Logging.ClusterLogging[0].Types[0] = new("apiserver") }, `"apiserver" is none of`},
		"wrong tier":        {func(s *ackeks.ClusterSpec) { s.ControlPlaneScalingConfig.Tier = new("xl") }, `"xl" is none of`},
		"ref and id":        {func(s *ackeks.ClusterSpec) { s.RoleARN = new("arn:aws:iam::111122223333:role/a") }, "both set"},
		"name is missing":   {func(s *ackeks.ClusterSpec) { s.Name = nil }, "missing required field, CreateClusterInput.Name"},
		"VPC is missing":    {func(s *ackeks.ClusterSpec) { s.ResourcesVPCConfig = nil }, "missing required field, CreateClusterInput.ResourcesVpcConfig"},
		"role is missing":   {func(s *ackeks.ClusterSpec) { s.RoleRef = nil }, "missing required field, CreateClusterInput.RoleArn"},
		"nothing is broken": {func(*ackeks.ClusterSpec) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			cluster := clusters(t)["shortest/dev-1"].DeepCopy()
			c.change(&cluster.Spec)
			input := &eks.CreateClusterInput{}
			faults := convert("spec", reflect.ValueOf(cluster.Spec), reflect.ValueOf(input).Elem())
			if _, err := send(input); err != nil {
				faults = append(faults, err.Error())
			}
			if got := strings.Join(faults, "\n"); got == "" && c.want != "" || !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}
