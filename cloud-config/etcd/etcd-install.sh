#!/bin/bash
# etcd-install: puts the pinned etcd, whose archive is an artifact checked by its digest, beside those that are there, and
# its etcdctl where every script of this host finds it. A template: the version stands in it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
to=$root/opt/meissa/etcd-{{artifacts.items.etcd.version}}
if [[ ! -d $to ]]; then
  archive=$("$bin/meissa-artifact" etcd)
  rm -rf "$to.new"
  mkdir -p "$to.new"
  tar -xzf "$archive" --strip-components=1 --no-same-owner -C "$to.new"
  # The folder's name says that all of it is there.
  sync -f "$to.new"
  mv "$to.new" "$to"
fi
ln -sfn "$to/etcdctl" "$bin/etcdctl"
