#!/usr/bin/env bash
# bin/rsyslogd with imfile, omkafka and RELP, and bin/kcat: Debian's, unpacked beside their own libraries and nowhere else.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
kafka=(librdkafka1 libsasl2-2 liblz4-1)
bash "$scripts/debian-program" kcat usr/bin/kcat kcat libyajl2 "${kafka[@]}"
bash "$scripts/debian-program" rsyslog-unpacked usr/sbin/rsyslogd \
  rsyslog rsyslog-kafka rsyslog-relp libestr0 libfastjson4 liblognorm5 librelp0 libcurl3-gnutls "${kafka[@]}"
# It is told where its modules are.
parts=${MEISSA_REAL_PARTS:-$scripts/../.meissa/real-parts}
cat >"$parts/bin/rsyslogd" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/rsyslog-unpacked" -M "$(echo "$here"/../debian-rsyslog-unpacked/usr/lib/*-linux-gnu*/rsyslog)" "$@"
WRAPPER
chmod 755 "$parts/bin/rsyslogd"
