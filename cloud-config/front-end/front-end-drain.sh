#!/bin/bash
# front-end-drain: takes this front end out, and returns when Kafka has every line that it has taken. For hosts that go with
# their disk: whoever ends such a host runs this first, and gives it as long as it takes.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
touch "$root/run/meissa/front-end.drain"
until [[ -e $root/var/lib/front-end/spool/drained ]]; do sleep 1; done
