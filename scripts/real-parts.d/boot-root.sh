#!/usr/bin/env bash
# A small Debian with systemd as a folder (boot-root), and systemd-nspawn that boots it (bin/systemd-nspawn): in them the
# tests start what hosts get. nspawn comes from Debian packages and is only unpacked: nothing is installed into the machine,
# no service starts. About 50 s and 300 MB; nothing when it is there.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
bash "$scripts/debian-root" boot-root systemd,systemd-sysv,dbus,curl,iproute2,e2fsprogs,xfsprogs,util-linux,ca-certificates,openssl,jq
[[ -x $parts/bin/systemd-nspawn && -x $parts/boot-nspawn/systemd-nspawn ]] && exit 0
mkdir -p "$parts/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
bash "$scripts/debian-unpack" "$work/tools" systemd-container libsystemd-shared
rm -rf "$parts/boot-nspawn"
mkdir "$parts/boot-nspawn"
install -m 644 tools/usr/lib/*/systemd/libsystemd-shared-*.so "$parts/boot-nspawn/"
cat >"$parts/bin/systemd-nspawn" <<'WRAPPER'
#!/bin/sh
# It only runs with the private library of exactly its own version.
here=$(dirname "$(readlink -f "$0")")/../boot-nspawn
LD_LIBRARY_PATH=$here exec "$here/systemd-nspawn" "$@"
WRAPPER
chmod 755 "$parts/bin/systemd-nspawn"
# Last: one that was cut off starts again.
install -m 755 tools/usr/bin/systemd-nspawn "$parts/boot-nspawn/"
