//go:build actions

// This file is never built. It is the list of services: it keeps their modules in go.mod, where their versions
// stand, and the comment is the service's prefix in IAM where that is not the name of the package (Service
// Authorization Reference). eks-auth is missing: its module cannot be had here; pkg/policy/permissions.txt has it.
package main

import (
	_ "github.com/aws/aws-sdk-go-v2/service/acm"
	_ "github.com/aws/aws-sdk-go-v2/service/acmpca"                 // acm-pca
	_ "github.com/aws/aws-sdk-go-v2/service/amp"                    // aps
	_ "github.com/aws/aws-sdk-go-v2/service/applicationautoscaling" // application-autoscaling
	_ "github.com/aws/aws-sdk-go-v2/service/autoscaling"
	_ "github.com/aws/aws-sdk-go-v2/service/cloudcontrol" // cloudformation
	_ "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	_ "github.com/aws/aws-sdk-go-v2/service/cloudfront"
	_ "github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	_ "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	_ "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"          // logs
	_ "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider" // cognito-idp
	_ "github.com/aws/aws-sdk-go-v2/service/costexplorer"            // ce
	_ "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	_ "github.com/aws/aws-sdk-go-v2/service/ebs"
	_ "github.com/aws/aws-sdk-go-v2/service/ec2"
	_ "github.com/aws/aws-sdk-go-v2/service/ecr"
	_ "github.com/aws/aws-sdk-go-v2/service/ecrpublic" // ecr-public
	_ "github.com/aws/aws-sdk-go-v2/service/ecs"
	_ "github.com/aws/aws-sdk-go-v2/service/efs" // elasticfilesystem
	_ "github.com/aws/aws-sdk-go-v2/service/eks"
	_ "github.com/aws/aws-sdk-go-v2/service/elasticache"
	_ "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing"
	_ "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2" // elasticloadbalancing
	_ "github.com/aws/aws-sdk-go-v2/service/elasticsearchservice"   // es
	_ "github.com/aws/aws-sdk-go-v2/service/eventbridge"            // events
	_ "github.com/aws/aws-sdk-go-v2/service/firehose"
	_ "github.com/aws/aws-sdk-go-v2/service/fsx"
	_ "github.com/aws/aws-sdk-go-v2/service/globalaccelerator"
	_ "github.com/aws/aws-sdk-go-v2/service/guardduty"
	_ "github.com/aws/aws-sdk-go-v2/service/iam"
	_ "github.com/aws/aws-sdk-go-v2/service/kafka"
	_ "github.com/aws/aws-sdk-go-v2/service/kinesis"
	_ "github.com/aws/aws-sdk-go-v2/service/kms"
	_ "github.com/aws/aws-sdk-go-v2/service/lambda"
	_ "github.com/aws/aws-sdk-go-v2/service/networkfirewall" // network-firewall
	_ "github.com/aws/aws-sdk-go-v2/service/opensearch"      // es
	_ "github.com/aws/aws-sdk-go-v2/service/organizations"
	_ "github.com/aws/aws-sdk-go-v2/service/pricing"
	_ "github.com/aws/aws-sdk-go-v2/service/ram"
	_ "github.com/aws/aws-sdk-go-v2/service/rds"
	_ "github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi" // tag
	_ "github.com/aws/aws-sdk-go-v2/service/route53"
	_ "github.com/aws/aws-sdk-go-v2/service/route53resolver"
	_ "github.com/aws/aws-sdk-go-v2/service/s3"
	_ "github.com/aws/aws-sdk-go-v2/service/s3control" // s3
	_ "github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	_ "github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	_ "github.com/aws/aws-sdk-go-v2/service/servicequotas"
	_ "github.com/aws/aws-sdk-go-v2/service/sfn" // states
	_ "github.com/aws/aws-sdk-go-v2/service/shield"
	_ "github.com/aws/aws-sdk-go-v2/service/sns"
	_ "github.com/aws/aws-sdk-go-v2/service/sqs"
	_ "github.com/aws/aws-sdk-go-v2/service/ssm"
	_ "github.com/aws/aws-sdk-go-v2/service/sts"
	_ "github.com/aws/aws-sdk-go-v2/service/waf"
	_ "github.com/aws/aws-sdk-go-v2/service/wafregional" // waf-regional
	_ "github.com/aws/aws-sdk-go-v2/service/wafv2"
	_ "github.com/aws/aws-sdk-go-v2/service/xray"
)
