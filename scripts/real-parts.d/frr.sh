#!/usr/bin/env bash
# bin/frr-zebra, frr-staticd, frr-bgpd, frr-bfdd, frr-vtysh: the routers of data centres (Debian 12's FRR), unpacked beside its own
# libraries and nowhere else. They need root, and run from any folder; who starts them says where their sockets and files are.
#
# Debian built FRR to look up the group `frrvty` and vtysh to ask PAM's service `frr`, and no option changes that: each wrapper
# sees groups and PAM services of its own, in a mount namespace of its own, and runs as root.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
parts=${MEISSA_REAL_PARTS:-$scripts/../.meissa/real-parts}
folder=$parts/debian-frr
packages=(frr libyang2 libjson-c5 libcap2 libpcre2-8-0 libreadline8 libc-ares2 libtinfo6)
programs=(zebra staticd bgpd bfdd vtysh)
record=$folder.packages
made=2 # raised when the wrappers change
missing=0
for program in "${programs[@]}"; do [[ -x $parts/bin/frr-$program ]] || missing=1; done
[[ "$(cat "$record" 2>/dev/null)" == "$made ${packages[*]}" && $missing == 0 ]] && exit 0

mkdir -p "$parts/bin"
rm -rf "$folder"
bash "$scripts/debian-unpack" "$folder" "${packages[@]}"
printf '%s required pam_permit.so\n' auth account >"$folder/etc/pam.d/frr"
printf 'root:x:0:\nfrrvty:x:0:\n' >"$folder/group"
for program in "${programs[@]}"; do
  path=usr/lib/frr/$program user='-u root -g root'
  [[ $program != vtysh ]] || path=usr/bin/vtysh user=''
  cat >"$parts/bin/frr-$program" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")/../debian-frr libraries=''
for folder in "\$here"/lib/*-linux-gnu* "\$here"/usr/lib/*-linux-gnu* "\$here"/usr/lib/*-linux-gnu*/frr; do
  libraries=\$folder\${libraries:+:\$libraries}
done
export LD_LIBRARY_PATH="\$libraries"
# shellcheck disable=SC2016 # the inner shell expands it
exec unshare --mount --propagation private sh -c \\
  'mount --bind "\$1/group" /etc/group && mount --bind "\$1/etc/pam.d" /etc/pam.d && program=\$1/\$2 && shift 2 && exec "\$program" "\$@"' \\
  frr "\$here" $path $user "\$@"
WRAPPER
  chmod 755 "$parts/bin/frr-$program"
done
# Last: one that was cut off starts again.
echo "$made ${packages[*]}" >"$record"
