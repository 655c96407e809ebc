#!/usr/bin/env bash
# kafka-4.3.1/libs: Kafka with MirrorMaker 2 and its tools, and Prometheus' JMX exporter, from Maven Central, laid out as
# Kafka's own archive is. bin/kafka-java runs a main class of it.
# The artifact of the tools is `kafka-tools`; newer releases lack some of these artifacts there.
set -euo pipefail
parts=${MEISSA_REAL_PARTS:-$(cd "$(dirname "$0")/../.." && pwd)/.meissa/real-parts}
version=4.3.1 exporter=1.0.1
folder=$parts/kafka-$version
record=$folder/version
[[ "$(cat "$record" 2>/dev/null)" == "$version $exporter" && -x $parts/bin/kafka-java ]] && exit 0
for program in mvn java; do
  command -v "$program" >/dev/null || {
    echo "Kafka comes from Maven Central and needs $program (apt-get install maven openjdk-17-jre-headless)" >&2
    exit 1
  }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dependency() {
  printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' "$@"
}
{
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>meissa.invalid</groupId><artifactId>kafka</artifactId><version>1</version><dependencies>'
  for artifact in kafka_2.13 connect-mirror connect-runtime kafka-tools; do dependency org.apache.kafka "$artifact" "$version"; done
  dependency org.slf4j slf4j-simple 1.7.36
  dependency io.prometheus.jmx jmx_prometheus_javaagent "$exporter"
  echo '</dependencies></project>'
} >"$work/pom.xml"
rm -rf "$folder"
mkdir -p "$folder" "$parts/bin"
echo "fetching Kafka $version" >&2
(cd "$work" && mvn -q -B dependency:copy-dependencies -DoutputDirectory="$folder/libs") >"$work/log" 2>&1 || {
  tail -20 "$work/log" >&2
  exit 1
}
cat >"$parts/bin/kafka-java" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")/../kafka-$version
exec java -cp "\$here/libs/*" "\$@"
WRAPPER
chmod 755 "$parts/bin/kafka-java"
# Last: one that was cut off starts again.
echo "$version $exporter" >"$record"
