#!/bin/bash
# meissa-host: who this host is. One user-data serves a whole fleet, so a member computes its number and container range
# from its address: member n stands in zone (n - 1) mod Z, (n - 1) / Z addresses after that zone's base.
# Without an address of the plan it fails, and everything that needs /run/meissa/host.env fails with it.
# This source is a template: what a fleet has no use for stands between comments that hold Handlebars.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
number() {
  local a
  IFS=. read -ra a <<<"$1"
  echo $((((a[0] * 256 + a[1]) * 256 + a[2]) * 256 + a[3]))
}
# Whether number $1 is inside CIDR $2.
inside() {
  ((($1 ^ $(number "${2%/*}")) >> (32 - ${2#*/}) == 0))
}
# {{#unless (eq containers.mode "host")}}
dotted() {
  echo "$(($1 >> 24)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))"
}
ranges='' more=''
# {{/unless}}
# It says why, and waits: what requires a unit that has failed is never started again by systemd.
until address=$("$bin/meissa-cloud" address) && id=$("$bin/meissa-cloud" instance-id); do sleep 5; done
[[ $address =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]] || die "'$address' is no address"
# What it becomes a part of is read by shells.
[[ $id =~ ^[a-z0-9-]+$ ]] || die "'$id' is no instance id"
at=$(number "$address") member='' range=''
# {{#if numbering}}
read -ra bases <<<"$MEISSA_ZONES"
for zone in "${!bases[@]}"; do
  index=$((at - $(number "${bases[zone]}")))
  ((index < 0 || index >= MEISSA_PER_ZONE)) || member=$((index * ${#bases[@]} + zone + 1))
done
[[ $member ]] || die "$address is not in the plan: $MEISSA_PER_ZONE each from $MEISSA_ZONES"
# {{#if (eq containers.mode "host-gw")}}
at=$(($(number "${MEISSA_CONTAINERS%/*}") + ((MEISSA_FIRST_RANGE + member - 1) << (32 - MEISSA_CONTAINER_BITS))))
inside $at "$MEISSA_CONTAINERS" || die "container range of member $member is outside $MEISSA_CONTAINERS"
range=$(dotted $at)/$MEISSA_CONTAINER_BITS ranges=$range
# {{/if}}
# {{else}}
inside "$at" "$MEISSA_CIDR" || die "$address is not in the plan: $MEISSA_CIDR"
# {{/if}}
# {{#if (eq containers.mode "prefix")}}
# The bridge has the first; networks that units make get the others. One after the other, and the same at every boot.
until prefixes=$("$bin/meissa-cloud" prefixes | sort -V) && [[ $prefixes ]]; do sleep 5; done
read -rd '' -a prefixes <<<"$prefixes" || :
for range in "${prefixes[@]}"; do
  inside "$(number "${range%/*}")" "$MEISSA_CIDR" || die "prefix $range is not in the plan: $MEISSA_CIDR"
  [[ $range == "${prefixes[0]}" ]] || more+=" --default-address-pool=base=$range,size=${range#*/}"
done
ranges=$(IFS=,; echo "${prefixes[*]}") range=${prefixes[0]} at=$(number "${prefixes[0]%/*}")
# {{/if}}
name=$MEISSA_HOST_PREFIX-${member:-$id}
hostnamectl set-hostname "$name"
{
  printf 'MEISSA_%s\n' "ADDRESS=$address" "INSTANCE_ID=$id" "NAME=$name" "REGION=$MEISSA_REGION" ${member:+"MEMBER=$member"}
  # {{#unless (eq containers.mode "host")}}
  bridge=$(dotted $((at + 1)))/${range#*/}
  printf '%s\n' "MEISSA_CONTAINER_RANGE=$range" "MEISSA_CONTAINER_RANGES=$ranges" "MEISSA_BRIDGE=$bridge" \
    "DOCKER_OPT_BIP=\"--bip=$bridge$more\""
  # {{/unless}}
} | keep "$root/run/meissa/host.env"
