// coreos-cloudinit-validator validates #cloud-config files as coreos-cloudinit does, by its own package: it prints
// every entry and fails on any, warnings included. With -json it prints what the reader makes of one file instead.
// v1.14.0 still takes hyphens for underscores in keys, which Flatcar's does not: lib/host-config/lint.ts holds that.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/coreos/coreos-cloudinit/config"
	"github.com/coreos/coreos-cloudinit/config/validate"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	files, bad := os.Args[1:], false
	if len(files) == 2 && files[0] == "-json" {
		text, err := os.ReadFile(files[1])
		check(err)
		parsed, err := config.NewCloudConfig(string(text))
		check(err)
		check(json.NewEncoder(os.Stdout).Encode(parsed))
		return
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		report, err := validate.Validate(text)
		check(err)
		for _, entry := range report.Entries() {
			fmt.Println(file, entry)
			bad = true
		}
	}
	if bad {
		os.Exit(1)
	}
}
