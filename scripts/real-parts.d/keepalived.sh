#!/usr/bin/env bash
# bin/keepalived: VRRP of the pairs of routers that a rack may have (Debian 12's keepalived).
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" keepalived usr/sbin/keepalived \
  keepalived libglib2.0-0 libmnl0 libnftnl11 libnl-3-200 libnl-genl-3-200 libpcre2-8-0 libsnmp40 libssl3 libsystemd0 \
  libpci3 libsensors5 libwrap0 libnsl2 libtirpc3
