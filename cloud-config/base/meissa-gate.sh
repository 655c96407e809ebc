#!/bin/bash
# meissa-gate: signals the gate of the stack that this host's tag meissa:gate names (STACK/LOGICAL), once the host is well.
# CloudFormation takes a signal only while the resource waits, so it is sent until it is taken, ever less often: the host
# may see its tag before the resource waits, and nobody may wait for it at all. A gate that was signalled is recorded;
# only the last one, and only while the tag names it, for going back to a former configuration asks for the former gate again,
# and a stack that went back by itself for both.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
record=$root/var/lib/meissa/gate tries=0 last=''
while sleep $(((tries < 295 ? tries : 295) + ${MEISSA_GATE_SECONDS-5})); do
  gate=$("$bin/meissa-cloud" tag meissa:gate) || continue
  [[ $gate == "$last" ]] || tries=0
  last=$gate
  [[ $gate == */* && $gate != "$(cat "$record" 2>/dev/null)" ]] || continue
  rm -f "$record"
  healthy || continue
  id=$("$bin/meissa-cloud" instance-id) || continue
  if "$bin/meissa-cloud" signal "${gate%%/*}" "${gate#*/}" "$id" SUCCESS; then
    keep "$record" <<<"$gate"
    echo "signalled $gate"
  else
    tries=$((tries + 1))
  fi
done
