#!/usr/bin/env bash
# The linter of the scripts that hosts get. From Debian, and only unpacked: nothing is installed into the machine.
set -euo pipefail
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
[[ -x $parts/bin/shellcheck ]] && exit 0
mkdir -p "$parts/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash "$(dirname "$0")/../debian-unpack" "$work/root" shellcheck
install -m 755 "$work/root/usr/bin/shellcheck" "$parts/bin/shellcheck"
