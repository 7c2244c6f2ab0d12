package hub

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
)

// The roles of the hub, by what their name ends in. No cluster may change them, see protected.
const (
	clusterRole = "-hub-cluster"
	nodeRole    = "-hub-node"
	ackRole     = "-hub-ack"
)

// cluster makes the hub itself, its roles and its log group, which EKS would make to keep everything for ever
// (Amazon EKS User Guide: Create an EKS Auto Mode Cluster with the AWS CLI; Send control plane logs to CloudWatch Logs).
func cluster(f *config.Fleet) object {
	return object{
		"AdminAccess": when("AdminGiven", resourceOf("AWS::EKS::AccessEntry", object{
			"AccessPolicies": list{object{
				"AccessScope": object{"Type": "cluster"},
				"PolicyArn":   sub("arn:${AWS::Partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"),
			}},
			"ClusterName": ref("Cluster"), "PrincipalArn": ref("AdminPrincipalArn"), "Type": "STANDARD",
		})),
		"Cluster": eksCluster(f),
		"ClusterRole": role(f, clusterRole, trustService("eks.amazonaws.com"), managed(
			"AmazonEKSBlockStoragePolicy", "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSLoadBalancingPolicy",
			"AmazonEKSNetworkingPolicy",
		)),
		"LogGroup": kept(resourceOf("AWS::Logs::LogGroup", object{
			"LogGroupName": sub("/aws/eks/${ClusterName}/cluster"), "RetentionInDays": ref("LogRetentionDays"),
		})),
		"NodeRole": role(f, nodeRole, trustService("ec2.amazonaws.com"), managed(
			"AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy",
		)),
	}
}

// eksCluster makes the cluster. Who makes the stack administers it: the entry for somebody else is a resource of its own,
// because EKS does not let this setting change. A cluster with a name is never replaced by CloudFormation.
func eksCluster(f *config.Fleet) object {
	on := object{"Enabled": true}
	logs := list{}
	for _, kind := range []string{"api", "audit", "authenticator"} {
		logs = append(logs, object{"Type": kind})
	}
	return dependent(resourceOf("AWS::EKS::Cluster", object{
		"AccessConfig":               object{"AuthenticationMode": "API", "BootstrapClusterCreatorAdminPermissions": true},
		"BootstrapSelfManagedAddons": false,
		"ComputeConfig": object{
			"Enabled": true, "NodePools": list{"general-purpose", "system"}, "NodeRoleArn": getAtt("NodeRole", "Arn"),
		},
		"DeletionProtection": ref("DeletionProtection"),
		"EncryptionConfig": ifSet("KeyGiven", list{
			object{"Provider": object{"KeyArn": ref("KmsKeyArn")}, "Resources": list{"secrets"}},
		}),
		"KubernetesNetworkConfig": object{"ElasticLoadBalancing": on},
		"Logging":                 object{"ClusterLogging": object{"EnabledTypes": logs}},
		"Name":                    ref("ClusterName"),
		"ResourcesVpcConfig": object{
			"EndpointPrivateAccess": ref("EndpointPrivateAccess"),
			"EndpointPublicAccess":  ref("EndpointPublicAccess"),
			"PublicAccessCidrs":     ifSet("PublicEndpoint", ref("PublicAccessCidrs")),
			"SubnetIds": either("OwnVpc",
				list{ref("PrivateSubnetA"), ref("PrivateSubnetB")}, ref("SubnetIds")),
		},
		"RoleArn":       getAtt("ClusterRole", "Arn"),
		"StorageConfig": object{"BlockStorage": on},
		"Tags":          list{object{"Key": "Product", "Value": f.Metadata.Name}},
		"UpgradePolicy": object{"SupportType": "STANDARD"},
		"Version":       ref("KubernetesVersion"),
	}), "LogGroup")
}

// role makes a role of the hub.
func role(f *config.Fleet, suffix string, trust object, policies list) object {
	return resourceOf("AWS::IAM::Role", object{
		"AssumeRolePolicyDocument": trust,
		"ManagedPolicyArns":        policies,
		"PermissionsBoundary":      ifSet("BoundaryGiven", ref("PermissionsBoundaryArn")),
		"RoleName":                 f.Metadata.Name + suffix,
	})
}

// trustService lets a service of AWS take a role. EKS tags the sessions of its cluster roles.
func trustService(service string) object {
	actions := list{"sts:AssumeRole"}
	if service != "ec2.amazonaws.com" {
		actions = append(actions, "sts:TagSession")
	}
	return object{"Version": "2012-10-17", "Statement": list{
		object{"Effect": iam.Allow, "Principal": object{"Service": service}, "Action": actions},
	}}
}

// managed are policies of AWS's.
func managed(names ...string) list {
	all := list{}
	for _, name := range names {
		all = append(all, sub("arn:${AWS::Partition}:iam::aws:policy/"+name))
	}
	return all
}
