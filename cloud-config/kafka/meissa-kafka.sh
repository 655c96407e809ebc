#!/bin/bash
# meissa-kafka, on a broker or controller. docs/collection/brokers.md tells why each of these is as it is.
#
#   decide   on the host, as root, before each start: whether Kafka may start, and whether what it starts from is new
#   start    inside the collection's root: formats what is new, and becomes Kafka
#   guard    becomes the guard
#   health   0: this host is well, and one more may be touched
#   yield    waits until the others can do without this host
#
# A template: what a fleet's hosts share stands in it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# shellcheck source=/dev/null
. "$root/run/meissa/host.env"
me=$MEISSA_ADDRESS run=$root/run/meissa base=0
kraft=$root/var/lib/kraft/g{{cluster.generation}} logs=$root/var/lib/kafka/g{{cluster.generation}} meta=$root/var/lib/kraft/g{{cluster.generation}}
# {{#if (eq cluster.kafka.role "controller")}}
roles=controller logs=$kraft listen=CONTROLLER://$me:9093
# {{/if}}
# {{#if (eq cluster.kafka.role "combined")}}
roles=broker,controller listen=BROKER://$me:9092,CONTROLLER://$me:9093
# {{/if}}
# {{#if (eq cluster.kafka.role "broker")}}
roles=broker listen=BROKER://$me:9092 meta=$logs base={{cluster.kafka.brokerIdBase}}
# {{/if}}
zones=({{#each numbering.zones}}{{name}} {{/each}})

properties() {
  cat "$root/etc/meissa/kafka.properties"
  printf '%s\n' "process.roles=$roles" "node.id=$((MEISSA_MEMBER + base))" "listeners=$listen" "advertised.listeners=$listen" \
    "metadata.log.dir=$meta" "log.dirs=$logs" "broker.rack=${zones[(MEISSA_MEMBER - 1) % ${#zones[@]}]}" \
    "ssl.keystore.location=$run/tls/keystore.pem" "ssl.truststore.location=$run/tls/ca.pem"
}

# The volume may come from a host where the user had another number. The top goes last: it says that all of it is done.
own() {
  local was uid
  was=$(stat -c %u "$1") uid=60990
  [[ $was != "$uid" ]] || return 0
  ((was == 0)) || echo "$1 was user $was's: it becomes collection's" >&2
  find "$1" -xdev -depth ! -user "$uid" -exec chown -h "$uid:$uid" {} +
}

decide() {
  local formed=0 how=--no-initial-controllers folder
  [[ -e $run/tls/keystore.pem ]] || die 'no certificate yet'
  for folder in "$meta" "$logs"; do
    mkdir -p "$folder"
    own "${folder%/*}"
    chown 60990:60990 "$folder"
  done
  properties | keep "$run/kafka.properties"
  rm -f "$run/kafka-format"
  # {{#if (eq cluster.kafka.role "broker")}}
  [[ ! -e $meta/meta.properties ]] || return 0
  # A broker without data founds nothing: it joins those whose cluster id it has, and its replicas come back to it.
  # {{else}}
  if [[ -e $meta/meta.properties ]]; then
    ! compgen -G "$meta/__cluster_metadata-0/*.*" >/dev/null || return 0
    # An id without its log must not vote: what it once confirmed is gone. It is of no use to Kafka, but maybe to a person.
    mv "$meta" "${meta%/*}/lost-$(date +%s)"
    install -d -o collection -g collection "$meta"
  fi
  "$bin/meissa-cloud" marker-get '{{cluster.kafka.formedMarker}}' >/dev/null || formed=$?
  case $formed in
  # The cluster stood once, so this one's data is lost: it watches until its guard has made a voter of it. Where all have lost
  # theirs, nobody votes, and no cluster begins anew.
  0) echo 'no data, a formed cluster: joins it with a new directory id' >&2 ;;
  3) how=--initial-controllers={{#each cluster.kafka.controllers}}{{#unless @first}},{{/unless}}{{number}}@{{address}}:9093:{{directoryId}}{{/each}} ;;
  *) die "can't tell whether {{cluster.kafka.formedMarker}} is there" ;;
  esac
  # {{/if}}
  keep "$run/kafka-format" <<<"$how"
}

start() {
  # "Hardware and OS" of Kafka's operations: 100,000 files at least. A log segment is three of them, and a connection one.
  ulimit -Sn "$(ulimit -Hn)"
  (($(ulimit -n) >= 100000)) || echo "only $(ulimit -n) files may be open, and Kafka wants 100000: with many partitions it will stop" >&2
  local agent=("$root"/opt/kafka/libs/jmx_prometheus_javaagent-*.jar) java=(java -cp "$root/opt/kafka/libs/*")
  java+=({{words params.jvmOptions}} -Dorg.slf4j.simpleLogger.showThreadName=false -Dorg.slf4j.simpleLogger.log.org.apache.kafka.common=warn)
  [[ ! -e $run/kafka-format ]] || "${java[@]}" -Xmx128m kafka.tools.StorageTool format --ignore-formatted \
    --cluster-id={{cluster.kafka.clusterId}} --config="$run/kafka.properties" "$(<"$run/kafka-format")"
  echo $$ >"${meta%/*}/kafka.pid"
  exec "${java[@]}" -Xms{{params.heapMb}}m -Xmx{{params.heapMb}}m -XX:+ExitOnOutOfMemoryError \
    "-javaagent:${agent[0]}=$me:9404:$root/etc/meissa/jmx-kafka.yaml" kafka.Kafka "$run/kafka.properties"
}

guard() {
  exec node "$root/opt/meissa-programs/kafka-guard.js" /etc/meissa/kafka-guard.json
}

# By a path from its folder: a socket's has 107 bytes at most.
ask() {
  local reply
  cd "${meta%/*}"
  reply=$(curl -sS -m "$1" -w '\n%{http_code}' --unix-socket guard.sock "http://guard/$2") || return 1
  echo "${reply%$'\n'*}" >&2
  [[ ${reply##*$'\n'} == 200 ]]
}

health() {
  ask 55 health
}

yield() {
  ask {{add params.guardSeconds 20}} 'yield?seconds={{params.guardSeconds}}' || :
}

"$@"
