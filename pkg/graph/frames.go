package graph

import (
	"fmt"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// environment draws the frame of one.
func (d *drawing) environment(name string, clusters []*cluster, objects bool) {
	frame := &Frame{Label: name}
	if root := d.root(name); root != nil && !objects {
		frame.Boxes = append(frame.Boxes, d.box(root, root.Namespace(), d.branch(root)))
	}
	for _, c := range clusters {
		if c.environment == name {
			frame.Frames = append(frame.Frames, d.cluster(c, objects))
		}
	}
	d.graph.Frames = append(d.graph.Frames, frame)
}

// branch is what a root follows.
func (d *drawing) branch(root *manifest.Object) string {
	source := apischema.GroupKind{Group: manifest.SourceGroup, Kind: root.Text("spec", "sourceRef", "kind")}
	for _, o := range d.tree.Find("", source, manifest.OrElse(root.Text("spec", "sourceRef", "namespace"), root.Namespace()), root.Text("spec", "sourceRef", "name")) {
		if branch := o.Text("spec", "ref", "branch"); branch != "" {
			return "branch " + branch
		}
	}
	return ""
}

func (d *drawing) cluster(c *cluster, objects bool) *Frame {
	frame := &Frame{Label: c.name, Across: objects}
	for _, stage := range c.stages {
		applied := d.applied(stage)
		if !objects {
			frame.Boxes = append(frame.Boxes, d.box(stage, stage.Name(), where(stage, len(applied))))
			continue
		}
		inner := &Frame{Label: stage.Name()}
		for _, o := range applied {
			if o.IsACK() {
				inner.Boxes = append(inner.Boxes, d.box(o, o.Kind().Kind, o.Name()))
			}
		}
		if len(inner.Boxes) > 0 {
			frame.Frames = append(frame.Frames, inner)
		}
	}
	return frame
}

// applied are the objects of a stage.
func (d *drawing) applied(stage *manifest.Object) []*manifest.Object {
	for _, b := range d.tree.Builds {
		if b.Owner == stage {
			return b.Objects
		}
	}
	return nil
}

func where(stage *manifest.Object, objects int) string {
	place := "on the hub"
	if stage.Destination() != "" {
		place = "in the cluster"
	}
	if objects == 1 {
		return "1 object " + place
	}
	return fmt.Sprintf("%d objects %s", objects, place)
}
