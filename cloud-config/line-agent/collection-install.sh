#!/bin/bash
# collection-install: unpacks the pinned root of the collection's programs, whose archive is an artifact checked by its digest,
# and removes the ones before: at boot nothing runs in them. A template: the version stands in it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
to=$root/opt/meissa/collection-{{artifacts.items.collection.version}}
if [[ ! -d $to ]]; then
  archive=$("$bin/meissa-artifact" collection)
  rm -rf "$root"/opt/meissa/collection-*
  mkdir -p "$to.new"
  tar -xf "$archive" --numeric-owner -C "$to.new"
  # The folder's name says that all of it is there.
  sync -f "$to.new"
  mv "$to.new" "$to"
fi
