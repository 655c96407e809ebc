#!/usr/bin/env bash
# etcd and its tools, built from the Go module proxy: bin/etcd-3.5, bin/etcdctl-3.5, bin/etcdutl-3.5, and the same for 3.6.
# `go install` refuses them, because their modules hold `replace` lines; a module of our own that requires them does not.
set -euo pipefail
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
mkdir -p "$parts/bin"
work=
trap 'rm -rf "$work"' EXIT

# build SHORT VERSION
build() {
  local record=$parts/etcd-$1.version
  if [[ "$(cat "$record" 2>/dev/null)" == "$2" && -x $parts/bin/etcd-$1 && -x $parts/bin/etcdctl-$1 && -x $parts/bin/etcdutl-$1 ]]; then
    return
  fi
  command -v go >/dev/null || {
    echo "etcd $2 is built from source and needs Go 1.24 or later" >&2
    return 1
  }
  echo "building etcd $2" >&2
  work=$(mktemp -d)
  (
    cd "$work"
    go mod init meissa.invalid/etcd
    go get "go.etcd.io/etcd/server/v3@v$2" "go.etcd.io/etcd/etcdctl/v3@v$2" "go.etcd.io/etcd/etcdutl/v3@v$2"
    nice go build -o "$parts/bin/etcd-$1" go.etcd.io/etcd/server/v3
    nice go build -o "$parts/bin/etcdctl-$1" go.etcd.io/etcd/etcdctl/v3
    nice go build -o "$parts/bin/etcdutl-$1" go.etcd.io/etcd/etcdutl/v3
  ) >"$work/log" 2>&1 || {
    tail -20 "$work/log" >&2
    return 1
  }
  rm -rf "$work"
  # Last: a build that was cut off starts again.
  echo "$2" >"$record"
}

build 3.5 3.5.21
build 3.6 3.6.10
