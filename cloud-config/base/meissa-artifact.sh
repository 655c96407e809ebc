#!/bin/bash
# meissa-artifact NAME: fetches an artifact that /etc/meissa/artifacts names (lines of name, digest, file) and prints its path.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
read -r _ digest _ < <(grep "^$1 " "$root/etc/meissa/artifacts") || die "no artifact $1"
file=$root/opt/meissa/artifacts/$digest
"$bin/meissa-cloud" fetch "$digest" "$file"
echo "$file"
