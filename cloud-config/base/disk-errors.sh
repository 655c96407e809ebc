#!/bin/bash
# disk-errors: one line for the host's report, `disk-errors none` or what is wrong with its disks.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
said=()
# {{#if volumes}}
# What a unit's own view of the host shows read-only says nothing: the file system's options do.
while read -r name mount; do
  if [[ -f $root/run/meissa/disk-$name ]]; then
    said+=("$(<"$root/run/meissa/disk-$name")")
  elif ! options=$(findmnt -nro FS-OPTIONS "$mount"); then
    said+=("volume $name is not mounted: journalctl -u meissa-volume-$name")
  elif [[ $options == ro* ]] || ! stat "$mount/." >/dev/null; then
    said+=("volume $name can not be written or read: journalctl -k")
  fi
done <<'END'
{{#each volumes}}
{{name}} {{mount}}
{{/each}}
END
# {{/if}}
for file in "$root"/sys/fs/ext4/*/errors_count; do
  [[ ! -e $file || $(<"$file") == 0 ]] || said+=("errors of ext4 on $(basename "${file%/*}"): journalctl -k, then reboot")
done
# Below this the next boot may have no room for its configuration.
free=$(df -Pm "$root/" | awk 'END { print $4 }')
((free >= 200)) || said+=("$free MiB are free on /: journalctl --vacuum-size=100M, docker system prune")
((${#said[@]})) || said=(none)
printf -v all '%s; ' "${said[@]}"
all=${all%; }
echo "disk-errors ${all:0:180}"
