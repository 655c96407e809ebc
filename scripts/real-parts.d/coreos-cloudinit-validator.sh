#!/bin/bash
# Builds the validator of coreos-cloudinit from the Go module proxy (2 s): bin/coreos-cloudinit-validator.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
bin=${MEISSA_REAL_PARTS:-$repo/.meissa/real-parts}/bin
target=$bin/coreos-cloudinit-validator
source=$repo/test/real-parts/ccval
[[ $target -nt $source/main.go && $target -nt $source/go.sum ]] && exit 0
mkdir -p "$bin"
cd "$source"
go build -mod=readonly -o "$target" .
