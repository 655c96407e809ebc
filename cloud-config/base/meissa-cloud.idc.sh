#!/bin/bash
# meissa-cloud: what the units of this host ask of the cloud. A data centre has none, so that only these are answered:
#
#   address       the address of this host in its rack's network
#   instance-id   id of the installed system
#   tag KEY       exit 3: it has none
#   fetch DIGEST DEST   where the data centre has a mirror: its artifact of that SHA-256, unless DEST already is it. Plain HTTP
#                 will do: whoever changes a byte on the way is refused here
#
# A template: what a rack has no use for is left out.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
case ${1-} in
address)
  # The address that this host would talk to the first host of its rack with, or is. Through a gateway, or another network
  # than the rack's, there is no way that counts: the rack's network is not up yet.
  route=$(ip -4 route get "${MEISSA_ZONES%% *}")
  [[ $route != *' via '* && $route =~ \ src\ ([0-9.]+) ]] || die "not in the rack's network yet"
  echo "${BASH_REMATCH[1]}"
  ;;
instance-id) cat "$root/etc/machine-id" ;;
tag) exit 3 ;;
# {{#if artifacts.url}}
fetch)
  part=$3.$$
  ! sha256sum -c --status <<<"$2  $3" 2>/dev/null || exit 0
  trap 'rm -f "$part"' EXIT
  mkdir -p "${3%/*}"
  curl -fsSL --retry 3 --connect-timeout 5 -m 900 -o "$part" "$MEISSA_ARTIFACTS/$2" || die "no artifact $2"
  sha256sum -c --status <<<"$2  $part" || die "artifact $2 has other bytes"
  chmod 755 "$part"
  sync "$part"
  mv "$part" "$3"
  ;;
# {{/if}}
*) die "no cloud here to ask for ${1-}" ;;
esac
