#!/usr/bin/env bash
# bin/sshd: what files are pushed to routers and hosts of data centres through (Debian 12's OpenSSH).
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" sshd usr/sbin/sshd \
  openssh-server libwrap0 libaudit1 libpam0g libsystemd0 libselinux1 libgssapi-krb5-2 libcrypt1 libcom-err2 libkrb5-3 libkeyutils1 \
  libk5crypto3 libkrb5support0 libssl3 libcap-ng0 libpcre2-8-0 liblzma5 liblz4-1 libzstd1 libgcrypt20 libgpg-error0 libcap2 zlib1g \
  libnsl2 libtirpc3
