package config

import (
	"cmp"
	"fmt"

	"go.yaml.in/yaml/v4"
)

// The head of every clusters.yaml.
const (
	APIVersion = "gen/v1alpha1"
	Kind       = "Fleet"
)

// Partition is the AWS partition of the cluster's region, the second part of every ARN.
func (c *Cluster) Partition() string {
	p, _ := partitionOf(c.Region)
	return cmp.Or(p.name, "aws")
}

// DNSSuffix is the domain of AWS in the cluster's partition.
func (c *Cluster) DNSSuffix() string {
	p, _ := partitionOf(c.Region)
	return cmp.Or(p.dnsSuffix, "amazonaws.com")
}

// ClustersOf lists the clusters of an environment, sorted by name.
func (f *Fleet) ClustersOf(env string) []*Cluster {
	var clusters []*Cluster
	for i := range f.Clusters {
		if f.Clusters[i].Environment == env {
			clusters = append(clusters, &f.Clusters[i])
		}
	}
	return clusters
}

// UnmarshalYAML takes the short form of a SubnetSelector, one of the words, besides the long.
func (s *SubnetSelector) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		s.Word = n.Value
		return nil
	}
	if err := n.Decode(&s.Selector); err != nil {
		return fmt.Errorf("decode a selector: %w", err)
	}
	return nil
}

// MarshalYAML writes the form that UnmarshalYAML reads.
func (s SubnetSelector) MarshalYAML() (any, error) {
	if s.Word != "" {
		return s.Word, nil
	}
	return s.Selector, nil
}
