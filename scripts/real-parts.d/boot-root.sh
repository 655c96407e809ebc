#!/usr/bin/env bash
# A small Debian with systemd as a folder (boot-root), and systemd-nspawn that boots it (bin/systemd-nspawn): in them the
# tests start what hosts get. nspawn and mmdebstrap come from Debian packages and are only unpacked: nothing is installed
# into the machine, no service starts. About 40 s and 250 MB; nothing when it is there.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
record=$parts/boot-root.packages
packages=systemd,systemd-sysv,dbus,curl,iproute2,e2fsprogs,util-linux,ca-certificates,openssl,jq
[[ "$(cat "$record" 2>/dev/null)" == "$packages" && -x $parts/bin/systemd-nspawn && -x $parts/boot-root/usr/sbin/init ]] && exit 0
((EUID == 0)) || {
  echo "making a root needs root" >&2
  exit 1
}
mkdir -p "$parts/bin"
work=$(mktemp -d)
# Never over a mount: what is mounted below could be the machine's own.
trap 'rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
cd "$work"

bash "$scripts/debian-unpack" "$work/tools" mmdebstrap systemd-container libsystemd-shared

echo "making a root of Debian bookworm" >&2
# In a mount namespace of its own, so that what it mounts on its way is never left on the machine.
unshare --mount "$work/tools/usr/bin/mmdebstrap" --variant=minbase --include="$packages" bookworm "$work/root.tar" \
  ${MEISSA_DEBIAN_MIRROR:+"$MEISSA_DEBIAN_MIRROR"} >"$work/log" 2>&1 || {
  tail -20 "$work/log" >&2
  exit 1
}

rm -rf --one-file-system "$parts/boot-root" "$parts/boot-nspawn"
mkdir "$parts/boot-root" "$parts/boot-nspawn"
# Without devices: the container gets its own.
tar -xf "$work/root.tar" --exclude='./dev/*' -C "$parts/boot-root"
# A host that has booted before: the first boot of an image asks for nothing and presets nothing.
echo 00000000000000000000000000000001 >"$parts/boot-root/etc/machine-id"
install -m 755 tools/usr/bin/systemd-nspawn "$parts/boot-nspawn/"
install -m 644 tools/usr/lib/*/systemd/libsystemd-shared-*.so "$parts/boot-nspawn/"
cat >"$parts/bin/systemd-nspawn" <<'WRAPPER'
#!/bin/sh
# It only runs with the private library of exactly its own version.
here=$(dirname "$(readlink -f "$0")")/../boot-nspawn
LD_LIBRARY_PATH=$here exec "$here/systemd-nspawn" "$@"
WRAPPER
chmod 755 "$parts/bin/systemd-nspawn"
# Last: one that was cut off starts again.
echo "$packages" >"$record"
