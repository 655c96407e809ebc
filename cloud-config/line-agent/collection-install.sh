#!/bin/bash
# collection-install: unpacks the pinned root of the collection's programs, whose archive is an artifact checked by its digest,
# and removes the ones before: at boot nothing runs in them. A template: the version stands in it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
to=$root/opt/meissa/collection-{{artifacts.items.collection.version}}
# systemd looks a unit's user up on the host, not in the unit's root. A number that another user has is refused by useradd.
user() {
  getent passwd collection >/dev/null ||
    useradd --system --uid 990 --user-group --home-dir / --no-create-home --shell /sbin/nologin collection
}
unpack() {
  local archive
  archive=$("$bin/meissa-artifact" collection) && rm -rf "$root"/opt/meissa/collection-* && mkdir -p "$to.new" &&
    tar -xf "$archive" --numeric-owner -C "$to.new" &&
    # The folder's name says that all of it is there.
    sync -f "$to.new" && mv "$to.new" "$to"
}
# It says why, and waits: what requires a unit that has failed is never started again by systemd.
until user && { [[ -d $to ]] || unpack; }; do sleep 10; done
