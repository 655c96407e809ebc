#!/usr/bin/env bash
# bin/strongswan <folder> <program> [argument...]: charon-systemd or swanctl of Debian 12's strongSwan, which routers of data centres
# answer and call VPNs with. They find their plugins and settings at fixed paths only, so each sees the packages laid over /usr, and
# <folder>/etc over /etc, in a mount namespace of its own; nothing is installed into the machine. It needs root.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
parts=${MEISSA_REAL_PARTS:-$scripts/../.meissa/real-parts}
folder=$parts/debian-strongswan
packages=(charon-systemd strongswan-swanctl strongswan-libcharon libstrongswan libstrongswan-standard-plugins libgmp10 libsystemd0)
record=$folder.packages
made=1 # raised when the wrapper changes
[[ "$(cat "$record" 2>/dev/null)" == "$made ${packages[*]}" && -x $parts/bin/strongswan ]] && exit 0

mkdir -p "$parts/bin"
rm -rf "$folder"
bash "$scripts/debian-unpack" "$folder" "${packages[@]}"
cat >"$parts/bin/strongswan" <<'WRAPPER'
#!/bin/sh
here=$(readlink -f "$(dirname "$(readlink -f "$0")")/../debian-strongswan")
# shellcheck disable=SC2016 # the inner shell expands it
exec unshare --mount --propagation private sh -c \
  'mount -t overlay overlay -o "lowerdir=$1/usr:/usr" /usr && mount -t overlay overlay -o "lowerdir=$2/etc:/etc" /etc &&
  program=/usr/sbin/$3 && shift 3 && exec "$program" "$@"' strongswan "$here" "$@"
WRAPPER
chmod 755 "$parts/bin/strongswan"
# Last: one that was cut off starts again.
echo "$made ${packages[*]}" >"$record"
