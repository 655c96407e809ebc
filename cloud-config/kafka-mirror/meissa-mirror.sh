#!/bin/bash
# meissa-mirror, on the hosts that mirror. docs/collection/mirror.md tells why each setting is as it is.
#
#   run REGION  becomes the worker that carries this region's topics
#   watch       becomes the program that tells the delay of every region
#   health      0: every worker of this host is up, and nothing of it has failed
#   tend        restarts a worker of which something has failed, or whose certificate is not the one on disk any more
#
# A template: what the fleet's hosts share stands in it. What a region is to it stands in /etc/meissa/mirror/REGION.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
central={{region.name}} flows=$root/etc/meissa/mirror tls=$root/run/meissa/tls libs=$root/opt/kafka/libs
heap={{params.heapMb}} number='' tasks='' bootstrap='' topics='' source=''

# The region's own values. A dot in a topic's name is no wildcard: `topics` is a list of regular expressions.
flow() {
  source=$1
  [[ -e $flows/$1 ]] || die "no flow from $1 is planned"
  # shellcheck source=/dev/null
  . "$flows/$1"
  topics=${topics//./[.]},meissa-heartbeats
}

properties() {
  cat <<END
clusters = $source, $central
$source.bootstrap.servers = $bootstrap
$central.bootstrap.servers = {{cluster.kafka.bootstrap}}
security.protocol = SSL
ssl.keystore.type = PEM
ssl.keystore.location = $tls/keystore.pem
ssl.truststore.type = PEM
ssl.truststore.location = $tls/ca.pem

$source->$central.enabled = true
$central->$source.enabled = false
emit.heartbeats.enabled = false
topics = $topics
tasks.max = $tasks
replication.policy.class = org.apache.kafka.connect.mirror.DefaultReplicationPolicy
sync.topic.acls.enabled = false
sync.topic.configs.enabled = true
emit.checkpoints.enabled = true
sync.group.offsets.enabled = true
sync.group.offsets.interval.seconds = {{params.discoverSeconds}}
emit.checkpoints.interval.seconds = {{params.discoverSeconds}}
refresh.topics.interval.seconds = {{params.discoverSeconds}}
refresh.groups.interval.seconds = {{params.discoverSeconds}}
sync.topic.configs.interval.seconds = {{params.discoverSeconds}}

# Nothing is written in the region: who mirrors may only read there.
offset-syncs.topic.location = target
replication.factor = {{cluster.kafka.internalReplication}}
offset-syncs.topic.replication.factor = {{cluster.kafka.internalReplication}}
heartbeats.topic.replication.factor = {{cluster.kafka.internalReplication}}
checkpoints.topic.replication.factor = {{cluster.kafka.internalReplication}}
config.storage.replication.factor = {{cluster.kafka.internalReplication}}
offset.storage.replication.factor = {{cluster.kafka.internalReplication}}
status.storage.replication.factor = {{cluster.kafka.internalReplication}}
offset.storage.partitions = 5
status.storage.partitions = 1

# A worker that is gone gives its tasks to the other after so long (Connect waits five minutes by itself), and where it stood is
# written so often: what it carried since is carried again.
$central.scheduled.rebalance.max.delay.ms = 10000
$central.offset.flush.interval.ms = 5000

# Only workers of this region speak to each other here, and sign what they say with a key that they have by Kafka.
dedicated.mode.enable.internal.rest = true
listeners = http://$MEISSA_ADDRESS:$((8083 + number))

# The distance: large fetches, and windows that the kernel makes as large as the way is long.
$source.consumer.auto.offset.reset = earliest
$source.consumer.fetch.max.bytes = 33554432
$source.consumer.max.partition.fetch.bytes = 4194304
$source.consumer.max.poll.records = 5000
$source.consumer.receive.buffer.bytes = -1
$source.consumer.send.buffer.bytes = -1
$central.producer.enable.idempotence = true
$central.producer.max.in.flight.requests.per.connection = 5
$central.producer.compression.type = lz4
$central.producer.batch.size = 262144
$central.producer.linger.ms = 5
$central.producer.buffer.memory = 67108864
$central.producer.max.request.size = 4194304
{{#if params.exactlyOnce}}
$central.exactly.once.source.support = enabled
{{/if}}
END
}

run() {
  flow "$1"
  # shellcheck source=/dev/null
  . "$root/run/meissa/host.env"
  local folder=$root/run/meissa-mirror-$source
  properties | keep "$folder/mirror.properties"
  # What `tend` compares with.
  keep "$folder/certificate" <"$tls/cert.pem"
  # Metrics that are asked for while a worker starts are told as errors.
  exec java -Xms"$heap"m -Xmx"$heap"m {{words params.jvmOptions}} -XX:+ExitOnOutOfMemoryError -Dorg.slf4j.simpleLogger.showThreadName=false \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.metrics=error \
    "-javaagent:$(echo "$libs"/jmx_prometheus_javaagent-*.jar)=$MEISSA_ADDRESS:$((9410 + number)):$root/etc/meissa/jmx-mirror.yaml" \
    -cp "$libs/*" org.apache.kafka.connect.mirror.MirrorMaker "$folder/mirror.properties" --clusters "$central"
}

watch() {
  exec node "$root/opt/meissa-programs/watch.js" /etc/meissa/watch.json
}

# Connectors of $source that have failed, and tasks wherever they ran; fails where the worker doesn't answer. One that waits for
# its region has neither: a region that is away keeps no host from being well.
failed() {
  curl -fsS -m 5 "http://$MEISSA_ADDRESS:$((9410 + number))/metrics" |
    awk '/^kafka_connect_(failed_tasks|connector_failed)\{/ { sum += $2 } END { print sum + 0 }'
}

health() {
  local file count
  # shellcheck source=/dev/null
  . "$root/run/meissa/host.env"
  for file in "$flows"/*; do
    flow "${file##*/}"
    count=$(failed) || die "the mirror of $source is not up"
    ((count == 0)) || die "$count parts of the mirror of $source have failed"
  done
}

# One after the other, so that the other host carries meanwhile.
tend() {
  local file count
  while sleep "${MEISSA_TEND_SECONDS-60}"; do
    for file in "$flows"/*; do
      flow "${file##*/}"
      # shellcheck source=/dev/null
      . "$root/run/meissa/host.env"
      systemctl is-active --quiet "mirror@$source.service" || continue
      count=$(failed) || count=0
      if ((count > 0)); then
        echo "$count parts of the mirror of $source have failed"
      elif cmp -s "$root/run/meissa-mirror-$source/certificate" "$tls/cert.pem"; then
        continue
      fi
      systemctl restart "mirror@$source.service"
      sleep $((RANDOM % 30 + ${MEISSA_TEND_SECONDS-60}))
    done
  done
}

"$@"
