#!/bin/bash
# meissa-volume NAME MOUNT FILESYSTEM: waits for the data volume that the tag meissa:volume:NAME of this instance names,
# formats it only when it is surely empty, and mounts it. Units that live on it require this one: without its volume a
# host does not fall back to the root disk. It waits as long as it takes: what requires a unit that has failed is never
# started again by systemd.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
mount=$2 type=$3 id='' code=0 said=0
# {{#if (eq region.provider "aliyun")}}
# The disk's serial number is its id without `d-`: on virtio alone, on NVMe after the model's name.
until id=$("$bin/meissa-cloud" tag "meissa:volume:$1") &&
  device=$(compgen -G "$root/dev/disk/by-id/*[-_]${id#d-}" | head -n 1); do
  if ((SECONDS >= said)); then
    echo "volume $1 '$id' has not come: waiting" >&2
    said=$((SECONDS + 60))
  fi
  sleep 2
done
# {{else}}
until id=$("$bin/meissa-cloud" tag "meissa:volume:$1") &&
  device=$root/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${id/-/} && [[ -e $device ]]; do
  if ((SECONDS >= said)); then
    echo "volume $1 '$id' has not come: waiting" >&2
    said=$((SECONDS + 60))
  fi
  sleep 2
done
# {{/if}}
found=$(blkid -p -o value -s TYPE "$device") || code=$?
# 2 is "nothing found", and also "could not look": only a volume of zeros is empty.
if ((code == 2)) && cmp -sn 1048576 "$device" /dev/zero; then
  "mkfs.$type" -q "$device"
elif ((code)) || [[ $found != "$type" ]]; then
  die "volume $1 $id holds no $type ($code, '$found') and is not empty: left as it is"
fi
# By systemd: what is mounted in here, nobody else on the host sees.
mountpoint -q "$mount" || systemd-mount --quiet --fsck=no --type="$type" --options=noatime "$device" "$mount"
[[ $(findmnt -nro SOURCE "$mount") == "$(readlink -f "$device")" ]] || die "something else is mounted on $mount"
# The volume may have grown.
if [[ $type == xfs ]]; then xfs_growfs "$mount"; else resize2fs "$device"; fi >/dev/null || :
