package change

import "eks-auto-gitops/pkg/cost"

// Cost is what all clusters cost per month at list prices, without nodes. Complete is false where the price of something
// is not known.
type Cost struct {
	Before, After cost.Cents
	Complete      bool
}
