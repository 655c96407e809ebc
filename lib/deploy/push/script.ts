/**
 * What runs on a router or host of a data centre while files are pushed to it: bash, the same text for all of them. Files come as lines of
 * path and base64 on its standard input, so that no value stands in it.
 *
 *   push look           what differs, as a diff
 *   push take SECONDS   checks, keeps what stands, arms the way back, puts the files in place and loads them
 *   push confirm        calls the way back off, where every BGP session that was up is up again
 *   push state          what became of it
 *
 * The way back is a process of the host itself: it needs nobody who reaches the host. A host that restarts in between goes back at the
 * next `take` or `confirm`.
 */
export const PUSH_SCRIPT = String.raw`set -euo pipefail
state=/var/lib/meissa/push new=/var/lib/meissa/push/new old=/var/lib/meissa/push/old
mkdir -p "$state"
boot=$(cat /proc/sys/kernel/random/boot_id)
die() { local code=$1; shift; echo "$*" >&2; exit "$code"; }

# Loads what changed; each only once, and only what it is for.
load() {
  local path network='' sysctl='' filter='' daemons='' frr='' vrrp='' ike='' units=() bad=0
  for path; do
    case $path in
      /etc/systemd/network/*|/etc/systemd/networkd.conf.d/*) network=1 ;;
      /etc/sysctl.d/*) sysctl=1 ;;
      /etc/nftables.conf) filter=1 ;;
      /etc/frr/daemons) daemons=1 ;;
      /etc/frr/*) frr=1 ;;
      /etc/keepalived/*) vrrp=1 ;;
      /etc/swanctl/*) ike=1 ;;
      /etc/systemd/system/*.service.d/*) path=\${path#/etc/systemd/system/}; units+=("\${path%%.d/*}") ;;
      /etc/prometheus/blackbox.yml) units+=(prometheus-blackbox-exporter.service) ;;
    esac
  done
  # All of them are tried: who goes back must not leave the filter as it is because something before it failed.
  [[ -z $sysctl ]] || sysctl --quiet --system || bad=1
  [[ -z $network ]] || networkctl reload || bad=1
  # One transaction: the table is made anew, and no packet passes without a rule.
  [[ -z $filter ]] || nft -f /etc/nftables.conf || bad=1
  if [[ -n $daemons ]]; then systemctl restart frr || bad=1; elif [[ -n $frr ]]; then systemctl reload frr || bad=1; fi
  [[ -z $vrrp ]] || systemctl reload keepalived || bad=1
  [[ -z $ike ]] || swanctl --load-all >/dev/null || bad=1
  if ((\${#units[@]} > 0)); then { systemctl daemon-reload && systemctl restart "\${units[@]}"; } || bad=1; fi
  return "$bad"
}

# BGP sessions that are up, a line each; none where no FRR runs.
sessions() {
  command -v vtysh >/dev/null || return 0
  vtysh -c 'show bgp summary json' 2>/dev/null | tr -d ' \n' | grep -o '"[0-9a-f.:]*":{[^{}]*"state":"Established"' | cut -d'"' -f2 | sort || :
}

back() {
  [[ -e $state/waiting ]] || return 0
  local path changed=()
  mapfile -t changed <"$state/changed"
  for path in "\${changed[@]}"; do
    if [[ -e $old$path ]]; then cp -a "$old$path" "$path.meissa"; mv "$path.meissa" "$path"; else rm -f "$path"; fi
  done
  mv "$state/waiting" "$state/back"
  load "\${changed[@]}" || echo 'not everything could be loaded' >&2
}

# The one before it: confirmed, gone back, or cut off by a restart, after which nobody waits any more.
settled() {
  [[ -e $state/waiting ]] || return 0
  [[ $(cat "$state/waiting") == "$boot "* ]] && die 21 'another push waits for its confirmation'
  back
}

receive() {
  rm -rf "$new"; mkdir -p "$new"
  local path data
  while read -r path data; do
    mkdir -p "$new\${path%/*}"
    base64 -d <<<"$data" >"$new$path"
  done
  # Keys are the router's own and stand beside the file; FRR reads one file.
  if [[ -e $new/etc/frr/frr.conf && -e /etc/frr/frr.secrets.conf ]]; then cat /etc/frr/frr.secrets.conf >>"$new/etc/frr/frr.conf"; fi
  mapfile -t given < <(cd "$new" && find . -type f | sed 's/^\.//' | sort)
  changed=()
  for path in "\${given[@]}"; do cmp -s "$new$path" "$path" || changed+=("$path"); done
  # What an earlier push brought and none does any more.
  local before=()
  [[ ! -e $state/files ]] || mapfile -t before <"$state/files"
  for path in "\${before[@]}"; do [[ -e $new$path || ! -e $path ]] || changed+=("$path"); done
}

check() {
  local path
  for path in "\${changed[@]}"; do
    [[ -e $new$path ]] || continue
    case $path in
      /etc/frr/frr.conf) vtysh -C -f "$new$path" >&2 || die 22 "FRR does not take $path" ;;
      /etc/nftables.conf) nft -c -f "$new$path" >&2 || die 22 "nft does not take $path" ;;
      /etc/keepalived/keepalived.conf) keepalived -t -f "$new$path" >&2 || die 22 "keepalived does not take $path" ;;
    esac
  done
}

look() {
  receive
  ((\${#changed[@]} > 0)) || { echo unchanged; return; }
  echo changed
  local path
  for path in "\${changed[@]}"; do
    # A line of a key is nobody's to read.
    diff -u --label "$path" --label "$path" -N "$path" "$new$path" | sed -E 's/(password|secret|psk)( +| *= *).*/\1\2***/I' || :
  done
}

take() {
  local seconds=$1 path
  settled
  receive
  ((\${#changed[@]} > 0)) || { printf '%s\n' "\${given[@]}" >"$state/files"; echo unchanged; return; }
  check
  rm -rf "$old"; mkdir -p "$old"
  for path in "\${changed[@]}"; do
    if [[ -e $path ]]; then mkdir -p "$old\${path%/*}"; cp -a "$path" "$old$path"; fi
  done
  printf '%s\n' "\${changed[@]}" >"$state/changed"
  printf '%s\n' "\${given[@]}" >"$state/files.new"
  sessions >"$state/sessions"
  rm -f "$state/back"
  # Each push has a name: who waits for an earlier one, which was confirmed, takes nothing of this one back.
  local push="$boot $BASHPID-$EPOCHREALTIME"
  echo "$push" >"$state/waiting"
  {
    declare -f load back
    echo "state=$state old=$old"
    echo "sleep $seconds; exec 9>$state/lock; flock 9; [[ \$(cat $state/waiting) != '$push' ]] || back"
  } >"$state/way-back"
  setsid bash "$state/way-back" </dev/null >"$state/log" 2>&1 9>&- &
  for path in "\${changed[@]}"; do
    if [[ -e $new$path ]]; then
      mkdir -p "\${path%/*}"
      # Owner and mode of the file that stands: FRR's belong to frr.
      if [[ -e $path ]]; then cp -a "$path" "$path.meissa"; else : >"$path.meissa"; fi
      cat "$new$path" >"$path.meissa"
      mv "$path.meissa" "$path"
    else rm -f "$path"; fi
  done
  sync
  load "\${changed[@]}" >&2 || { back; die 23 'what was pushed could not be loaded; it was taken back'; }
  echo waiting
}

confirm() {
  [[ -e $state/waiting ]] || die 24 'it was taken back'
  [[ $(cat "$state/waiting") == "$boot "* ]] || { back; die 24 'the host restarted, and it was taken back'; }
  local missing
  missing=$(comm -23 "$state/sessions" <(sessions) | tr '\n' ' ')
  [[ -z $missing ]] || die 25 "BGP is not up again with $missing"
  rm "$state/waiting"
  mv "$state/files.new" "$state/files"
  echo confirmed
}

exec 9>"$state/lock"
flock -w 20 9 || die 21 'another push is under way'
case $1 in
  look) look ;;
  take) take "$2" ;;
  confirm) confirm ;;
  state) if [[ -e $state/waiting ]]; then echo waiting; elif [[ -e $state/back ]]; then echo back; else echo settled; fi ;;
esac
`.replaceAll('\\${', '${');
