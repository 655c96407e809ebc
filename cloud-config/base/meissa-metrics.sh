#!/bin/bash
# meissa-metrics: answers Prometheus on the connection that is its standard input, with how this host is. Racks have no cloud that a heartbeat
# could be sent to; a host that booted without units has no socket for this either, which is as loud (docs/boots.md).
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# Who closes before all of the question is read may take the answer back.
while IFS= read -rt 5 line && [[ ${line%$'\r'} ]]; do :; done
report=$root/run/meissa/report.json well=0
# Two are due in eleven minutes.
[[ ! $(find "$report" -mmin -11 2>/dev/null) ]] || ! grep -q '"well":"yes"' "$report" || well=1
printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n\r\n'
echo '# HELP meissa_host_well 1 while this boot has its configuration applied and every check succeeds; /run/meissa/report.json says more.'
echo '# TYPE meissa_host_well gauge'
echo "meissa_host_well $well"
