# shellcheck shell=bash
# What every script of this host begins with. MEISSA_ROOT is for tests: everything then lives below it.
# shellcheck disable=SC2034 # used by those who read this
set -euo pipefail
root=${MEISSA_ROOT-} bin=${0%/*}
# shellcheck source=/dev/null
. "$root/etc/meissa/env"
die() {
  echo "${0##*/}: $1" >&2
  exit 1
}
# Standard input becomes the file $1, wholly or not at all, also when the power fails.
keep() {
  mkdir -p "${1%/*}"
  cat >"$1.new"
  sync "$1.new"
  mv "$1.new" "$1"
}
# Whether this host is well: this boot's configuration is applied, and every check that a profile puts into /opt/meissa/health.d succeeds.
healthy() {
  local check
  [[ -e $root/run/meissa/applied ]] || {
    echo "this boot's configuration is not applied" >&2
    return 1
  }
  for check in "$root"/opt/meissa/health.d/*; do
    [[ ! -x $check ]] || timeout 60 "$check" >&2 || {
      echo "${check##*/} fails" >&2
      return 1
    }
  done
}
