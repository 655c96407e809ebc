#!/bin/bash
# meissa-etcd, on a voter. docs/etcd.md tells why each of these is as it is.
#
#   start [FLAG...]  decides how etcd starts, and becomes it; the flags are for etcd, and only where there is data
#   health           0: this voter is well, and one more may be touched
#   guard            once a quorum stands, writes the formed marker; gives back the turn to stop
#   yield            waits until this voter may stop without taking the quorum away
#
# A template: what a fleet's voters share stands in it. A member's name ends with the generation of its cluster: the hosts of a rebuilt cluster have the addresses of the old
# one, and must not take its members for theirs.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# shellcheck source=/dev/null
. "$root/run/meissa/host.env"
suffix=-g{{cluster.generation}} token={{cluster.etcd.token}} marker={{cluster.etcd.formedMarker}}
size={{cluster.etcd.size}} patience={{params.guardSeconds}}
voters='{{#each cluster.etcd.voters}}{{name}}={{address}} {{/each}}'
data=$root/var/lib/etcd/${suffix#-} me=$MEISSA_ADDRESS name=$MEISSA_NAME$suffix planned='' peers=()
url=http://$me:2380 turn=/meissa/etcd/stopping served=$root/run/meissa/etcd
for voter in $voters; do
  planned+=,${voter%=*}$suffix=http://${voter#*=}:2380
  [[ ${voter#*=} == "$me" ]] || peers+=("${voter#*=}")
done
planned=${planned#,}

get() {
  curl -fs -m 3 "$@"
}

# A linearizable read through this very voter: it holds all that was committed before, or it can't answer.
well() {
  [[ $(get "http://$1:2379/health") == *'"true"'* ]]
}

# Who votes now: one that came later stands in no user-data, and one that went still does. Without a quorum, who was planned.
ask_voters() {
  local all peer
  all=$(members "$me" | jq -er '.members[].peerURLs[0]') || return 1
  peers=() size=0
  for peer in $all; do
    ((++size))
    peer=${peer#*//}
    [[ ${peer%:*} == "$me" ]] || peers+=("${peer%:*}")
  done
}

# How many voters are well, this one counted as such.
count_well() {
  count=1
  for peer in "${peers[@]}"; do ! well "$peer" || ((++count)); done
}

# Members as voter $1 knows them together with a quorum.
members() {
  get -d '{"linearizable":true}' "http://$1:2379/v3/cluster/member/list"
}

# Members as voter $1 knows them alone. While it registers with a discovery service it listens and says nothing.
told() {
  get -m 2 "http://$1:2380/members"
}

listens() {
  timeout 2 bash -c "</dev/tcp/$me/2380" 2>/dev/null
}

# Sets formed: 0 the marker is there, 3 it surely isn't. Who can't tell goes no further.
ask() {
  formed=0
  "$bin/meissa-cloud" marker-get "$marker" >/dev/null || formed=$?
  ((formed == 0 || formed == 3)) || die "can't tell whether $marker is there"
}

ctl() {
  "$bin/etcdctl" --command-timeout=5s "$@"
}

# In one transaction: where $1 holds, do $2.
txn() {
  [[ $(printf '%s\n\n' "$1" "$2" '' | ctl txn) == SUCCESS* ]]
}

run() {
  exec "$root/opt/meissa/etcd-{{artifacts.items.etcd.version}}/etcd" --name "$name" --data-dir "$data" \
    --listen-peer-urls "$url" --initial-advertise-peer-urls "$url" --listen-client-urls "http://$me:2379,http://127.0.0.1:2379" --listen-metrics-urls "http://$me:2381" \
    --advertise-client-urls "http://$me:2379" --heartbeat-interval={{params.heartbeatMs}} --election-timeout={{params.electionMs}} \
    --quota-backend-bytes={{params.quotaBytes}} --snapshot-count={{params.snapshotCount}} \
    --auto-compaction-retention={{params.autoCompaction}} --initial-cluster-token "$token" "$@"
}

start() {
  local known='' peer all
  ! compgen -G "$data/member/wal/*.wal" >/dev/null || run "$@"
  # What is there without a log is of no use to etcd, but maybe to a person.
  [[ ! -e $data/member ]] || mv "$data/member" "$data/lost-$(date +%s)"
  ask
  # A cluster of this generation has stood if some member was ever started in it (it has client URLs). Where the marker
  # says so, a quorum has to tell who; where it doesn't, one voter's word is enough not to begin anew.
  for peer in "${peers[@]}"; do
    known=$(if ((formed)); then told "$peer"; else members "$peer"; fi |
      jq -ce --arg g "$suffix" '.members? // . | select(any(.name // "" | endswith($g)) and any(.clientURLs[0]))') && break
  done
  if [[ $known ]]; then
    # Never started: a member that was added for this host, or one of the first that comes late. It waits to be sent the log.
    all=$(jq -er --arg u "$url" --arg n "$name" 'select(any(.peerURLs[0] == $u and (.clientURLs[0] | not))) |
   map((if .peerURLs[0] == $u then $n else .name // "added" end) + "=" + .peerURLs[]) | join(",")' <<<"$known") ||
      die "data lost that the others count on: run meissa etcd replace $MEISSA_NAME"
    run --initial-cluster-state existing --initial-cluster "$all"
  fi
  ((formed)) || die "no data, a formed cluster, no quorum of the others: waiting. If data is lost: meissa etcd replace $MEISSA_NAME"
  # {{#if cluster.etcd.discoveryUrl}}
  # A token takes each member once. One that registered and died before it had data starts with what the others get too.
  token={{cluster.etcd.discoveryUrl}}
  [[ $(get "$token") == *"\"$name=$url\""* ]] || run --discovery "$token" --discovery-fallback exit
  # {{/if}}
  run --initial-cluster "$planned"
}

health() {
  local formed count=1 peer started
  listens || die 'does not listen'
  ask
  if ((formed)); then
    # Forming: too few for a quorum, so nobody can be asked for more than to listen.
    for peer in "${peers[@]}"; do [[ $(told "$peer") != *"$suffix\""* ]] || ((++count)); done
    ((count > size / 2)) || exit 0
    die 'enough for a quorum, and not marked as formed yet'
  fi
  well "$me" || die 'not well'
  started=$(members "$me" | jq -e '.members | select(any(.isLearner) | not) | map(select(.clientURLs[0])) | length') || die 'learners'
  ask_voters || die 'no quorum'
  count_well
  # The next to be touched may be any: the others must still be a quorum.
  ((count >= started || count > size / 2 + 1)) || die "$count of $started voters are well"
}

# The first quorum stands when a quorum knows exactly the planned members and takes a write.
stands() {
  local list
  list=$(members "$me") &&
    jq -e --arg p "$planned" '[.members[] | "\(.name)=\(.peerURLs[])"] | sort == ($p | split(",") | sort)' <<<"$list" >/dev/null &&
    ctl put "$marker" "$name" >/dev/null &&
    "$bin/meissa-cloud" marker-put "$marker" "$(jq -r .header.cluster_id <<<"$list")"
}

guard() {
  local formed
  until (ask && ((!formed))) || stands; do sleep 2; done
  until well "$me" && ctl get "$turn" >/dev/null; do sleep 2; done
  txn "value(\"$turn\") = \"$name\"" "del $turn" || :
  touch "$served"
}

# One voter at a time has the turn to stop, until it is back or its lease ends: two that look at each other while both
# are still up would both go.
mine() {
  local lease
  case $(ctl get --print-value-only "$turn") in
  "$name") ;;
  '')
    read -r _ lease _ < <(ctl lease grant "$patience")
    txn "create(\"$turn\") = \"0\"" "put --lease=$lease $turn $name"
    ;;
  *) false ;;
  esac
}

yield() {
  local count peer
  ask_voters || :
  # A voter that was not well since its boot, or is down, takes no quorum away. The guard may not have seen yet that it is.
  while ((SECONDS < patience)) && { [[ -e $served ]] || well "$me"; } && listens; do
    ! mine || ! count_well || ((count - 1 <= size / 2)) || break
    sleep 2
  done
}

"$@"
