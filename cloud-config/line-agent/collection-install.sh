#!/bin/bash
# collection-install: unpacks the pinned root of the collection's programs, whose archive is an artifact checked by its digest,
# and removes the ones before: at boot nothing runs in them. A template: the version stands in it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
to=$root/opt/meissa/collection-{{artifacts.items.collection.version}}
# systemd looks a unit's user up on the host, not in the unit's root. Its number is no system user's (below 1000: images and packages give
# them away as they please), no person's (below 60000) and none of systemd's own (homes below 60578, greeters below 60706, dynamic users from
# 61184): "Users, Groups, UIDs and GIDs on systemd Systems". Before 2026-12 it was 990.
user() {
  local was
  was=$(id -u collection 2>/dev/null) || :
  [[ $was != 60990 ]] || return 0
  if [[ $was == 990 ]]; then
    echo 'the user collection was 990, and becomes 60990'
    userdel collection && { ! getent group collection >/dev/null || groupdel collection; } || return 1
  elif [[ $was ]] || was=$(getent passwd 60990); then
    echo "user 60990 must be collection, and it is not: ${was%%:*} has the name or the number. Take it away from there" >&2
    return 1
  fi
  getent group collection >/dev/null || groupadd --gid 60990 collection || return 1
  # It warns that this is no number of a system user: so it is wanted.
  useradd --system --uid 60990 --gid collection --home-dir / --no-create-home --shell /sbin/nologin collection
}
unpack() {
  local archive
  archive=$("$bin/meissa-artifact" collection) && rm -rf "$root"/opt/meissa/collection-* && mkdir -p "$to.new" &&
    tar -xf "$archive" --numeric-owner -C "$to.new" &&
    # The folder's name says that all of it is there.
    sync -f "$to.new" && mv "$to.new" "$to"
}
# Names are looked up as the host does now: its file is replaced, not written over, so the folder is bound into the root.
resolve() {
  ln -sfn /host-etc/resolv.conf "$to/etc/resolv.conf"
}
# It says why, and waits: what requires a unit that has failed is never started again by systemd.
until user && { [[ -d $to ]] || unpack; } && resolve; do sleep 10; done
