#!/bin/bash
# front-end-leave GROUP HOOK: on a host of an Auto Scaling group. Waits until the group takes this host out, drains the front end,
# says every minute that it is still at it, and when Kafka has every line, that the host may go. A host that says nothing is given
# up: what then lies in its spool is lost.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
cloud=$bin/meissa-cloud
until [[ $("$cloud" lifecycle-state) == Terminated ]]; do sleep 10; done
echo 'this host goes: the front end drains'
"$bin/front-end-drain" &
drain=$!
while kill -0 $drain 2>/dev/null; do
  "$cloud" lifecycle-beat "$1" "$2" || :
  timeout 60 tail --pid=$drain -f /dev/null || :
done
wait $drain
# The group waits only once it has taken the host from the load balancer, which may come after a short drain.
until "$cloud" lifecycle-done "$1" "$2"; do sleep 10; done
echo 'drained'
