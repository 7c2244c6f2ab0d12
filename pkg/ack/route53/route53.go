// Package route53 creates ACK objects of Amazon Route 53 (ACK route53-controller).
package route53

import (
	"eks-auto-gitops/pkg/ack"
	ackroute53 "eks-auto-gitops/pkg/ack/apis/route53/v1alpha1"
)

// HostedZone creates a public hosted zone for domain. AWS wants the name with its final dot and returns it
// that way.
func HostedZone(m ack.Meta, domain string) *ackroute53.HostedZone {
	return &ackroute53.HostedZone{TypeMeta: ack.Type(ackroute53.Group, "HostedZone"), ObjectMeta: m.Object(), Spec: ackroute53.HostedZoneSpec{
		HostedZoneConfig: &ackroute53.HostedZoneConfig{PrivateZone: new(false)},
		Name:             new(domain + "."),
		Tags: ack.TagList(m.Tags, func(key, value string) *ackroute53.Tag {
			return &ackroute53.Tag{Key: new(key), Value: new(value)}
		}),
	}}
}

// PrivateZone creates a hosted zone for domain that only a VPC can query. ACK removes VPCs that are not in its list
// (ACK route53-controller, pkg/resource/hosted_zone/hook.go).
func PrivateZone(m ack.Meta, domain, vpcID, region string) *ackroute53.HostedZone {
	zone := HostedZone(m, domain)
	zone.Spec.HostedZoneConfig.PrivateZone = new(true)
	zone.Spec.VPCs = []*ackroute53.VPC{{VPCID: new(vpcID), VPCRegion: new(region)}}
	return zone
}

// CNAME creates a record in the zone with the given id or, if that is empty, in the ACK object zone.
// name and value are full names with their final dot, which ACK then takes as they are.
func CNAME(m ack.Meta, zone, zoneID, name, value string) *ackroute53.RecordSet {
	record := &ackroute53.RecordSet{TypeMeta: ack.Type(ackroute53.Group, "RecordSet"), ObjectMeta: m.Object(), Spec: ackroute53.RecordSetSpec{
		HostedZoneID:    ack.Optional(zoneID),
		Name:            new(name),
		RecordType:      new("CNAME"),
		ResourceRecords: []*ackroute53.ResourceRecord{{Value: new(value)}},
		TTL:             new(int64(300)),
	}}
	if zoneID == "" {
		record.Spec.HostedZoneRef = ack.Ref(zone)
	}
	return record
}
