#!/usr/bin/env bash
# The public discovery service's own program, and an etcd 3.4 with the second API that it keeps its tokens in. Both come
# from Debian and are only unpacked: nothing is installed into the machine, no service starts.
set -euo pipefail
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
[[ -x $parts/bin/discovery.etcd.io && -x $parts/bin/etcd-3.4 ]] && exit 0
mkdir -p "$parts/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash "$(dirname "$0")/../debian-unpack" "$work/root" etcd-discovery etcd-server
install -m 755 "$work/root/usr/bin/etcd" "$parts/bin/etcd-3.4"
install -m 755 "$work/root/usr/bin/discovery.etcd.io" "$parts/bin/discovery.etcd.io"
