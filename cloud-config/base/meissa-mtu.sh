#!/bin/bash
# meissa-mtu: routes to the places behind a tunnel, by the gateway that everything else goes to, with the largest packet that a
# tunnel takes. Routers shorten TCP's segments, but nobody tells a sender of anything else that its packets are too large: the
# clouds drop them without a word.
#
# Whatever manages the network forgets routes that it has not made: systemd-networkd when it starts anew, every image when the
# device goes down or the lease brings another gateway. So it stays, and asks for them again every minute.
# This source is a template.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
while :; do
  # Of several default routes the first one counts.
  read -r route < <(ip -4 route show default) || :
  if [[ ${route-} =~ \ via\ ([0-9.]+)\ dev\ ([^\ ]+) ]]; then
    gateway=${BASH_REMATCH[1]} device=${BASH_REMATCH[2]}
    # {{#each narrow}}
    ip route replace {{range}} via "$gateway" dev "$device" mtu {{mtu}}
    # {{/each}}
  fi
  sleep 60
done
