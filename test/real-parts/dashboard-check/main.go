// Reads a dashboard strictly, as Grafana's own schema has it: fields that it doesn't know, lacks or has otherwise are told, one a line.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	raw, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var model dashboard.Dashboard
	// Without errors it returns a list of none, which is not nil.
	for _, err := range []error{model.UnmarshalJSONStrict(raw), model.Validate()} {
		if err != nil && err.Error() != "" {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}
