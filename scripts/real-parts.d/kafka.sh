#!/usr/bin/env bash
# kafka-4.3.1/libs: Kafka and Prometheus' JMX exporter (kafka-jars). bin/kafka-java runs a main class of it. About 10 s and
# 57 MB, besides Java and Maven; nothing when it is there.
set -euo pipefail
scripts=$(cd "$(dirname "$0")/.." && pwd)
parts=${MEISSA_REAL_PARTS:-$scripts/../.meissa/real-parts}
folder=kafka-$(bash "$scripts/kafka-jars" --version)
bash "$scripts/kafka-jars" "$parts/$folder"
[[ -x $parts/bin/kafka-java ]] && exit 0
mkdir -p "$parts/bin"
cat >"$parts/bin/kafka-java" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")/../$folder
exec java -cp "\$here/libs/*" "\$@"
WRAPPER
chmod 755 "$parts/bin/kafka-java"
