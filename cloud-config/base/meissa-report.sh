#!/bin/bash
# meissa-report [applied]: what this host says of itself, for whoever asks after it without a way to it (docs/boots.md).
#
#   applied    from the last unit of the configuration: from now on this boot's is applied
#   (nothing)  from meissa-report.timer: writes /run/meissa/report.json, a flat object of texts, from the lines `key value` of the programs in
#              /opt/meissa/report.d; leaves it in the region's bucket every ten minutes, and at once when what matters is another than
#              before; and says by a metric whether this host is applied and well: where that is missing an alarm names the host
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
run=$root/run/meissa report=$root/run/meissa/report.json
if [[ ${1-} == applied ]]; then
  # {{#if (eq region.provider "aws")}}
  "$bin/meissa-cloud" configuration >"$run/configuration" || echo unknown >"$run/configuration"
  # {{/if}}
  # {{#if (eq region.provider "idc")}}
  { sha256sum "$root/var/lib/flatcar-install/user_data" || echo unknown; } | cut -d ' ' -f 1 >"$run/configuration"
  # {{/if}}
  exec touch "$run/applied"
fi
# shellcheck source=/dev/null
. "$run/host.env"
export LC_ALL=C

# The units of this configuration that have failed.
broken() {
  local units
  read -ra units < <(sed -n 's|^/etc/systemd/system ||p' "$root/etc/meissa/manifest")
  systemctl list-units --state=failed --plain --no-legend -- "${units[@]}" | cut -d ' ' -f 1 | { grep -vx meissa-report.service | paste -sd ' '; }
}

applied=no good=no well=yes
[[ ! -e $run/applied ]] || applied=$(cat "$run/configuration" 2>/dev/null) || applied=unknown
[[ ! -e $run/last-good ]] || good=yes
# The last that the checks say is which of them fails.
why=$(healthy 2>&1) && why='' || why=${why##*$'\n'}
if failed=$(broken); then why="failed: $failed${why:+; $why}"; fi
[[ ! $why ]] || well=no
state="$applied $good $well $why"
{
  printf '%s %s\n' host "$MEISSA_NAME" instance "$MEISSA_INSTANCE_ID" at "$(date -u +%FT%TZ)" \
    booted "$(date -u -d "@$(sed -n 's/^btime //p' /proc/stat)" +%FT%TZ)" applied "$applied" last-good $good well $well
  [[ ! $why ]] || echo "why $why"
  for piece in "$root"/opt/meissa/report.d/*; do
    [[ ! -x $piece ]] || timeout 20 "$piece" </dev/null || echo "piece.${piece##*/} failed"
  done
} | tr -cd '\40-\176\n' |
  sed -nE 's/^([a-z][a-z0-9.-]*) (.{0,200}).*/\1 \2/;T;s/[\\"]/\\&/g;s/ /":"/;s/.*/"&"/p' | paste -sd , | sed 's/.*/{&}/' >"$report.new"
mv "$report.new" "$report"
# {{#unless (eq region.provider "idc")}}
ended=0
# {{#if fleet.heartbeat}}
beat=0
[[ $well$good != yesno ]] || beat=1
"$bin/meissa-cloud" beat $beat || ended=1
# {{/if}}
if [[ $state != "$(cat "$run/report.state" 2>/dev/null)" || $(find "$run/report.state" -mmin +9) ]]; then
  "$bin/meissa-cloud" report "$report" && echo "$state" >"$run/report.state" || ended=1
fi
exit $ended
# {{/unless}}
