#!/bin/bash
# meissa-kernel: what of the kernel no sysctl sets. It fails where something isn't as it is wanted, and says what.
# This source is a template: what a fleet leaves to its image stands between comments that hold Handlebars.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
failed=''
# {{#unless params.swap}}
# What is swapped out answers late, and elections and leases go by it. By systemd, which knows every one and may.
systemctl stop '*.swap' || :
[[ $(wc -l <"$root/proc/swaps") == 1 ]] || failed+=' swap is on'
# {{/unless}}
file=$root/sys/kernel/mm/transparent_hugepage/enabled want='{{params.transparentHugePages}}'
if [[ ! -e $file ]]; then
  echo 'this kernel has no transparent huge pages'
else
  echo "$want" >"$file" || :
  [[ $(<"$file") == *"[$want]"* ]] || failed+=" $file is $(<"$file")"
fi
# {{#if params.spreadPackets}}
# Every processor takes packets of each queue of a real device (RPS), a flow's where it is read (RFS). A mask has words of 32.
mask='' queues=()
for ((left = $(nproc --all); left > 0; left -= 32)); do
  mask=$(printf '%x' $(((1 << (left < 32 ? left : 32)) - 1)))${mask:+,$mask}
done
for queue in "$root"/sys/class/net/*/queues/rx-*; do [[ ! -e ${queue%/queues/*}/device ]] || queues+=("$queue"); done
for queue in "${queues[@]}"; do
  { echo "$mask" >"$queue/rps_cpus" && echo $((32768 / ${#queues[@]})) >"$queue/rps_flow_cnt"; } || failed+=" $queue"
done
echo 32768 >"$root/proc/sys/net/core/rps_sock_flow_entries" || failed+=' rps_sock_flow_entries'
# {{/if}}
[[ -z $failed ]] || die "not as wanted:$failed"
