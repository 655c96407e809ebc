#!/bin/bash
# Builds what reads a dashboard by Grafana's own schema, from the Go module proxy: bin/dashboard-check.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
bin=${MEISSA_REAL_PARTS:-$repo/.meissa/real-parts}/bin
target=$bin/dashboard-check
source=$repo/test/real-parts/dashboard-check
[[ $target -nt $source/main.go && $target -nt $source/go.sum ]] && exit 0
mkdir -p "$bin"
cd "$source"
go build -mod=readonly -o "$target" .
