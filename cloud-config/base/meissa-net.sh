#!/bin/bash
# meissa-net: the bridge of this host's containers, and the packet filter around it.
#
# - Nobody changes a container's address on its way to the estate's pools, whoever is there, now or later: routes lead back.
#   Anything else sees the host's own address, and so do the cloud's services at addresses that only hosts can ask.
# - The bridge sends with the host's own container range only, and nothing but that range is let through this host.
# - The estate reaches the host's own address at planned ports only: groups let containers in on every port of a host.
# - In a data centre there are no groups: nobody outside the pools reaches the host or its containers, whoever brings the packet.
#   Where containers use the host's address, docker gives ports that are published to them on the way in, past the hook of
#   the host's own ports: so there both are judged before it does, and this is all there is of the table. Who writes keys for
#   ssh wants to come in by it: the estate may.
#
# It is one table, replaced in one transaction: what was loaded stands until all of the new one does, and docker neither knows
# nor touches it. Chains drop by their last rule and not by policy: the kernel goes by a policy before the rules hold. Without
# a range, or where nft refuses the text, it fails, and docker does not start.
# This source is a template. nft 0.9.9, which Flatcar had for long, has to read the table, too.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# shellcheck source=/dev/null
. "$root/run/meissa/host.env"
# {{#unless (eq containers.mode "host")}}
IFS=, read -ra ranges <<<"$MEISSA_CONTAINER_RANGES"
# A rule "$1 RANGE $2" for each range of this host.
own() {
  local range
  for range in "${ranges[@]}"; do echo "  $1 $range $2"; done
}
# {{/unless}}
# The first two lines: an empty one if there is none, so that there is one to delete. No sets: while they are replaced, the
# kernel may find them empty.
nft -f - <<EOF
table inet meissa
delete table inet meissa
table inet meissa {
{{#unless (eq containers.mode "host")}}
 chain spoofed {
  type filter hook prerouting priority raw
  iifname != "docker0" accept
$(own 'ip saddr' accept)
  counter drop
 }
 chain forward {
  type filter hook forward priority filter
  iifname "docker0" accept
$(own 'iifname "br-*" ip saddr' accept)
$(own 'ip saddr' drop)
{{#if (eq region.provider "idc")}}
  ct state established,related accept
{{#each containers.pools}}
$(own 'ip saddr {{this}} ip daddr' accept)
{{/each}}
{{else}}
$(own 'ip daddr' accept)
{{/if}}
  counter drop
 }
{{/unless}}
 chain input {
{{#if (eq containers.mode "host")}}
  type filter hook prerouting priority mangle
  ct state established,related accept
  iifname "lo" accept
  iifname "docker0" accept
  iifname "br-*" accept
{{else}}
  type filter hook input priority filter
  ct state established,related accept
  iifname "lo" accept
  iifname "br-*" goto planned
{{/if}}
{{#each containers.pools}}
  ip saddr {{this}} goto planned
{{/each}}
{{#if (eq region.provider "idc")}}
  counter drop
{{/if}}
 }
 chain planned {
  meta l4proto icmp accept
  udp sport 67 udp dport 68 accept
{{#each containers.hostPorts}}
  {{#if from}}ip saddr {{from}} {{/if}}{{protocol}} dport {{fromPort}}{{#unless (eq fromPort toPort)}}-{{toPort}}{{/unless}} accept
{{/each}}
{{#if (eq region.provider "idc")}}
  tcp dport 9408 accept
{{#if params.sshAuthorizedKeys}}
  tcp dport 22 accept
{{/if}}
{{/if}}
  counter drop
 }
{{#unless (eq containers.mode "host")}}
 chain outward {
  type nat hook postrouting priority srcnat
$(own 'ip saddr' 'goto hidden')
 }
 chain hidden {
{{#each containers.services}}
  ip daddr {{this}} masquerade
{{/each}}
{{#each containers.pools}}
  ip daddr {{this}} return
{{/each}}
  masquerade
 }
{{/unless}}
}
EOF
# {{#unless (eq containers.mode "host")}}
# Docker takes the bridge as it is; its own would come with another MTU and wait for the first container to correct it.
ip link show docker0 &>/dev/null || ip link add docker0 type bridge
ip link set docker0 mtu '{{containers.mtu}}' up
ip address replace "$MEISSA_BRIDGE" dev docker0
# {{/unless}}
