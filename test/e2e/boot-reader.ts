/** What stands in for coreos-cloudinit: it applies `#cloud-config` at every boot, in coreos-cloudinit's own order. */
import { parse } from 'yaml';

/**
 * Files, then units and drop-ins, masks and enabling, one daemon-reload, then the units' commands in their order, each
 * waited for. A command whose job fails stops nothing; a unit that systemd doesn't know stops all that comes after it.
 * Users and the update strategy are left out: they are the image's business.
 */
export const readerScript = `#!/bin/bash
set -euo pipefail
shopt -s lastpipe
data=/oem/user-data.json units=/etc/systemd/system
[[ ! -x /oem/before ]] || /oem/before
put() {
  mkdir -p "\${1%/*}"
  base64 -d >"$1"
  chmod "$2" "$1"
}
jq -r '.write_files[] | [.path, .permissions // "0644", (.content | @base64)] | join(" ")' $data |
  while read -r path mode content; do put "$path" "$mode" <<<"$content"; done
jq -r '.coreos.units[] | .name as $n | (select(.content) | [$n, .content]),
  (.drop_ins[]? | ["\\($n).d/\\(.name)", .content]) | "\\(.[0]) \\(.[1] | @base64)"' $data |
  while read -r path content; do put "$units/$path" 0644 <<<"$content"; done
for unit in $(jq -r '.coreos.units[] | select(.mask) | .name' $data); do systemctl mask "$unit"; done
for unit in $(jq -r '.coreos.units[] | select(.enable) | .name' $data); do systemctl enable "$unit"; done
systemctl daemon-reload
jq -r '.coreos.units[] | select(.command) | "\\(.command) \\(.name)"' $data |
  while read -r command unit; do
    [[ $(systemctl show -P LoadState "$unit") != not-found ]] || { echo "unknown unit $unit"; exit 1; }
    echo "calls $command $unit"
    systemctl "$command" "$unit" </dev/null && echo "result of $command $unit: done" || echo "result of $command $unit: failed"
  done
echo 'user-data is applied'
`;

/**
 * As Flatcar has it (flatcar/init, oem-cloudinit.service): no order, no restart, no limit of time. A test says by `/oem/before` how reading
 * user-data goes.
 */
export const readerUnit = `[Unit]
Description=Run cloudinit
[Service]
Type=oneshot
ExecStart=/oem/reader
[Install]
WantedBy=multi-user.target
`;

/** User-data as the reader takes it. */
export const readable = (userData: string): string => JSON.stringify(parse(userData));
