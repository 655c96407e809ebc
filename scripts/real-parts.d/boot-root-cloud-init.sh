#!/usr/bin/env bash
# A Debian with cloud-init (boot-root-cloud-init), like a public image of Aliyun: in it the tests boot what such hosts get.
# About 60 s and 330 MB; nothing when it is there. bin/systemd-nspawn, which boots it, is boot-root.sh's.
set -euo pipefail
exec bash "$(dirname "$0")/../debian-root" boot-root-cloud-init \
  systemd,systemd-sysv,dbus,cloud-init,curl,iproute2,e2fsprogs,util-linux,ca-certificates,openssl,jq
