#!/usr/bin/env bash
# bin/chronyd: reads what hosts of Aliyun have of chrony's configuration, and keeps the time that hosts ask for (Debian 12's).
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" chronyd usr/sbin/chronyd \
  chrony libcap2 libedit2 libbsd0 libmd0 libgnutls30 libnettle8 libhogweed6 libgmp10 libp11-kit0 libidn2-0 libunistring2 libtasn1-6 \
  libffi8 libseccomp2 libtinfo6
