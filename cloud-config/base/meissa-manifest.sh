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
while read -r file; do
  unit=${file#/etc/systemd/system/}
  # {{#if (eq region.provider "aliyun")}}
  # Here a masked unit is an empty file, and the image's own unit below it is none of ours.
  [[ -s $root$file || ! -e $root$file ]] || { rm -f "$root$file" && continue; }
  # {{/if}}
  # A masked unit is only a link; one that the last try took away is not known any more.
  if [[ $unit == */* || -L $root$file ]] || systemctl disable --now "$unit" || ! systemctl cat "$unit" &>/dev/null; then
    ! rm -f "$root$file" || continue
  fi
  left+=$'\n'$file
done < <(comm -13 <(echo "$now") "$old")
systemctl daemon-reload
sort -u <<<"$now$left" | keep "$old"
[[ -z $left ]] || die "not removed, tried again at the next boot:$left"
