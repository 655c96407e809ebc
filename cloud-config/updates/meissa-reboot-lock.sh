#!/bin/bash
# meissa-reboot-lock status | release [HOST] | run
#
# Hosts reboot for an update of their image only inside the window, when they are well, and when they hold the cluster's
# lock: a key of etcd, one a slot, that holds "HOST SINCE". It has no lease, so that it outlives the reboot; the same host
# gives it back once it is up and well again. One that never comes back keeps the others from rebooting, by intent:
# the update may be what broke it. They say who it is; `release HOST` lets them go on.
# shellcheck source=cloud-config/base/lib.sh disable=SC2154 # lock, slots, days, start, minutes: /etc/meissa/reboot
. "${0%/*}/../lib.sh"
# shellcheck source=/dev/null
. "$root/etc/meissa/reboot"
# shellcheck source=/dev/null
. "$root/run/meissa/host.env"

# {{#if (eq region.provider "aliyun")}}
# Flatcar's program of this name is not there: this answers the one question that is asked of it. Debian and Ubuntu leave a
# file, dnf compares what runs with what is installed.
update_engine_client() {
  if command -v apt-get >/dev/null; then
    [[ ! -e $root/run/reboot-required ]] || echo UPDATED_NEED_REBOOT
  else
    { LC_ALL=C needs-restarting -r || :; } | sed -n '/^Reboot is required/s/.*/UPDATED_NEED_REBOOT/p'
  fi
}
# {{/if}}

etcd() {
  "$bin/etcdctl" --command-timeout=10s "$@"
}

# All holders, or those slots that host $1 holds: lines of key, host, since.
holders() {
  etcd get --prefix "$lock/" | paste -d ' ' - - | awk -v host="${1-}" 'host == "" || $2 == host'
}

# In one transaction: where $1 holds, do $2.
txn() {
  [[ $(printf '%s\n\n' "$1" "$2" '' | etcd txn) == SUCCESS* ]]
}

acquire() {
  local slot
  [[ -z $(holders "$MEISSA_NAME") ]] || return 0
  for ((slot = 1; slot <= slots; slot++)); do
    ! txn "create(\"$lock/$slot\") = \"0\"" "put $lock/$slot \"$MEISSA_NAME $(date -u +%FT%TZ)\"" || return 0
  done
  echo "waits to reboot; the lock is held by:"
  holders
  return 1
}

release() {
  local key value
  holders "$1" | while read -r key value; do
    txn "value(\"$key\") = \"$value\"" "del $key"
  done
}

in_window() {
  local names=MonTueWedThuFriSatSun now day at
  now=$(date -u '+((%u - 1) * 24 + 10#%H) * 60 + 10#%M')
  for day in $days; do
    at=${names%%"$day"*}
    at=$((${#at} * 480 + 10#${start%:*} * 60 + 10#${start#*:}))
    (((now - at + 10080) % 10080 >= minutes)) || return 0
  done
  return 1
}

# One round: reboot for an update, or give the lock back after one.
round() {
  if update_engine_client -status 2>/dev/null | grep -q UPDATED_NEED_REBOOT; then
    in_window && healthy && acquire && systemctl reboot
  elif [[ $(holders "$MEISSA_NAME") ]] && healthy; then
    release "$MEISSA_NAME"
  fi
}

case ${1-} in
status) holders ;;
release) release "${2-$MEISSA_NAME}" ;;
run) while round || :; do sleep "${MEISSA_REBOOT_SECONDS-60}"; done ;;
*) die 'status | release [HOST] | run' ;;
esac
