#!/bin/bash
# meissa-manifest: takes away what the last applied user-data owned and this one does not; no reader of user-data ever
# removes anything. The manifest has a line a folder with the names in it; the record has one path a line.
# Every step may be repeated: the record is replaced last and in one piece, and keeps what could not be taken away.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
export LC_ALL=C
# {{#if (eq region.provider "aws")}}
# The reader has come to the units: see meissa-boot.
mkdir -p "$root/run/meissa"
touch "$root/run/meissa/applying"
# {{/if}}
old=$root/var/lib/meissa/manifest left=
# shellcheck disable=SC2086 # the names are words
now=$(while read -r folder names; do printf "$folder/%s\n" $names; done <"$root/etc/meissa/manifest" | sort)
# Half-written user-data must not take everything away.
[[ $now ]] || die 'no manifest came with the user-data'
[[ -f $old ]] || keep "$old" </dev/null
former=$(<"$old")
# {{#unless (eq region.provider "aliyun")}}
# Keys of core are looked at without a record, too: the reader writes no empty set, so that the last one would stay.
former=$(sort -u "$old" - <<<'/home/core/.ssh/authorized_keys.d/coreos-cloudinit')
# {{/unless}}
while read -r file; do
  unit=${file#/etc/systemd/system/}
  # {{#unless (eq region.provider "aliyun")}}
  # What other sets hold stays. Not by update-ssh-keys: where no set is left it leaves authorized_keys as it is.
  if [[ $file == */authorized_keys.d/* && -e $root$file ]]; then
    keys=$root${file%.d/*}
    find "$keys.d" -type f ! -path "$root$file" -exec cat {} + >"$keys"
  fi
  # {{/unless}}
  # {{#if (eq region.provider "aliyun")}}
  # Here a masked unit is an empty file, and the image's own unit below it is none of ours.
  [[ -s $root$file || ! -e $root$file ]] || { rm -f "$root$file" && continue; }
  # {{/if}}
  # A masked unit is only a link; one that the last try took away is not known any more.
  if [[ $unit == */* || -L $root$file ]] || systemctl disable --now "$unit" || ! systemctl cat "$unit" &>/dev/null; then
    ! rm -f "$root$file" || continue
  fi
  left+=$'\n'$file
done < <(comm -13 <(echo "$now") <(printf %s "$former"))
systemctl daemon-reload
sort -u <<<"$now$left" | keep "$old"
[[ -z $left ]] || die "not removed, tried again at the next boot:$left"
