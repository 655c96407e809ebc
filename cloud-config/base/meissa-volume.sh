#!/bin/bash
# meissa-volume NAME MOUNT FILESYSTEM: waits for the data volume that the tag meissa:volume:NAME of this instance names,
# formats it only when it is surely empty, checks, mounts and grows it. Units that live on it require this one: without its
# volume a host does not fall back to the root disk. It waits as long as it takes: what requires a unit that has failed is
# never started again by systemd. What is wrong stands in /run/meissa/disk-NAME too, for the host's health and its report.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
name=$1 mount=$2 type=$3 id='' code=0 said=0
trouble() {
  keep "$root/run/meissa/disk-$name" <<<"volume $name $id $1"
  echo "volume $name $id $1" >&2
}
refuse() {
  trouble "$1"
  exit 1
}
rm -f "$root/run/meissa/disk-$name"
# {{#if (eq region.provider "aliyun")}}
# The disk's serial number is its id without `d-`: on virtio alone, on NVMe after the model's name.
until id=$("$bin/meissa-cloud" tag "meissa:volume:$name") &&
  device=$(compgen -G "$root/dev/disk/by-id/*[-_]${id#d-}" | head -n 1); do
  if ((SECONDS >= said)); then
    echo "volume $name '$id' has not come: waiting" >&2
    said=$((SECONDS + 60))
  fi
  sleep 2
done
# {{else}}
# Instance store has other names: its model is not Elastic Block Store.
until id=$("$bin/meissa-cloud" tag "meissa:volume:$name") &&
  device=$root/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${id/-/} && [[ -e $device ]]; do
  if ((SECONDS >= said)); then
    echo "volume $name '$id' has not come: waiting" >&2
    said=$((SECONDS + 60))
  fi
  sleep 2
done
# {{/if}}
# No signature of any kind anywhere, as those of RAID and of a partition table's copy at the end are, and nothing but zeros where
# a file system whose beginning was lost would have its own: the first 16 MiB, and one at each 64th part to the very end.
empty() {
  local size part found
  found=$(wipefs --noheadings "$device") && [[ ! $found ]] && size=$(blockdev --getsize64 "$device") || return 1
  cmp -sn 16777216 "$device" /dev/zero || return 1
  for ((part = 1; part <= 64; part++)); do
    cmp -sn 1048576 -i "$(((size - 1048576) * part / 64)):0" "$device" /dev/zero || return 1
  done
}
found=$(blkid -p -o value -s TYPE "$device") || code=$?
# 2 is "nothing found", and also "could not look".
if ((code == 2)) && empty; then
  "mkfs.$type" -q "$device"
elif ((code)) || [[ $found != "$type" ]]; then
  refuse "holds no $type ($code, '$found') and is not empty: left as it is. See it with wipefs $device; if it may go, mkfs.$type $device, then reboot"
fi
if ! mountpoint -q "$mount"; then
  code=0
  # XFS has its own log for this, and is checked by a person.
  [[ $type != ext4 ]] || e2fsck -p "$device" || code=$?
  # 1: put right; 2: as before, of what is mounted.
  ((code < 4)) || refuse "has errors of ext4 that a person must decide on ($code): e2fsck -f $device, then reboot"
  ((code == 0)) || echo "volume $name $id had errors of ext4, which are put right" >&2
  # By systemd: what is mounted in here, nobody else on the host sees.
  systemd-mount --quiet --fsck=no --type="$type" --options=noatime "$device" "$mount" ||
    refuse "can not be mounted: journalctl -k says why; then xfs_repair -n $device or e2fsck -fn $device"
fi
[[ $(findmnt -nro SOURCE "$mount") == "$(readlink -f "$device")" ]] || refuse "is not what is mounted on $mount: something else is mounted there"
# The volume may have grown.
grow=(resize2fs "$device")
[[ $type != xfs ]] || grow=(xfs_growfs "$mount")
grown=$("${grow[@]}" 2>&1) || trouble "does not grow to its size: ${grown##*$'\n'}"
