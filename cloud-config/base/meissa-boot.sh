#!/bin/bash
# meissa-boot: sees to it that each boot's configuration is applied; it is enabled, so that it is there where the reader of user-data wasn't.
# /run/meissa/applying says that the reader has come to the units: from there on it may wait for a volume as long as that takes.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
run=$root/run/meissa tick=${MEISSA_BOOT_SECONDS-10} reads=0 rest=0 pause=6
state() {
  systemctl show -P ActiveState "$1" || echo unknown
}
until [[ -e $run/applied ]]; do
  sleep "$tick"
  # {{#if (eq region.provider "aws")}}
  # It asks for the metadata service's session once, and may hang (flatcar/Flatcar#2020): both are over with a new run. Five minutes of reads
  # are its own patience.
  case $(state oem-cloudinit.service) in
  activating | reloading)
    [[ ! -e $run/applying ]] || continue
    ((++reads < 60)) || {
      echo 'the reader of user-data hangs: it is started again'
      systemctl restart --no-block oem-cloudinit.service
      reads=0
    }
    ;;
  *)
    # Ever less often: what ended without units, or in their midst, may do so again.
    ((++rest >= pause)) || continue
    echo 'user-data is not applied at this boot: its reader is started again'
    systemctl start --no-block oem-cloudinit.service
    reads=0 rest=0 pause=$((pause < 30 ? pause * 2 : 60))
    ;;
  esac
  # {{else}}
  # Its bootcmd goes on by itself with the last good configuration where the bucket is away. Where the metadata service is, there is no bootcmd.
  [[ $(state meissa-units.service) == inactive ]] || continue
  if [[ $(state cloud-init.service) == activating ]]; then
    ((++reads < 60)) || systemctl kill --signal=KILL cloud-init.service
    continue
  fi
  ((++rest >= pause)) || continue
  rest=0
  echo 'user-data is not applied at this boot: the last good configuration is'
  mkdir -p "$run"
  touch "$run/last-good"
  [[ ! -e $root/var/lib/meissa/config/last ]] || sha256sum "$root/var/lib/meissa/config/last" | cut -d ' ' -f 1 >"$run/configuration"
  "$bin/meissa-apply" || :
  # {{/if}}
done
