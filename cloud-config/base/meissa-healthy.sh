#!/bin/bash
# meissa-healthy SHA256: whether this host applied the configuration of that digest at this boot, and is well with it.
#
#   0  it did, and is
#   1  it did, and is not (yet)
#   3  it applied another one, or none: a reboot is due
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
[[ ${1-} =~ ^[0-9a-f]{64}$ ]] || die 'which configuration? Its SHA-256, please'
applied=$(cat "$root/run/meissa/configuration" 2>/dev/null) || :
echo "applied=$applied"
# What is published could not be had: what was kept runs.
[[ ! -e $root/run/meissa/last-good ]] || echo last-good=yes
[[ $applied == "$1" ]] || exit 3
# All that the configuration starts was started, and none of it is broken now.
state=$(systemctl is-active meissa-units.service) || :
[[ $state == active ]] || die "not all units are started ($state)"
mapfile -t units < <(sed -n 's/^start //p' "$root/etc/meissa/apply")
! systemctl is-failed --quiet "${units[@]}" || die 'a unit has failed'
healthy || exit 1
