package charts

import "net/http"

// Guard returns a server with the chart guard, which is like those of operators, and the chart web, which has pods: see their
// templates.
func Guard() (http.Handler, error) {
	content, err := pack(guard, guard, "1.0.0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	serve(mux, wanted{path: "stable", name: guard, version: "1.0.0"}, content)
	pods, err := pack(web, web, "1.0.0")
	if err != nil {
		return nil, err
	}
	serve(mux, wanted{path: "pods", name: web, version: "1.0.0"}, pods)
	return mux, nil
}
