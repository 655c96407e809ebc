#!/bin/bash
# meissa-apply [units]: makes of the written configuration what runs. cloud-init has only written its files: this does what
# coreos-cloudinit does beside that, as /etc/meissa/apply says.
#
#   (nothing)  early in the boot, from cloud-init's bootcmd: nothing here waits for what comes later
#   units      from meissa-units.service, once there is a network: users, kernel parameters, then units in their order, each
#              waited for. One that fails stops nothing, and all are tried again half a minute later; a running one is started again only if its text is another one
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
plan=$root/etc/meissa/apply failed=''
if [[ ${1-} != units ]]; then
  # A configuration that was fetched at this boot is another file than that of the boot before (docs/boots.md).
  last=$root/var/lib/meissa/config/last seen=$root/var/lib/meissa/config/seen
  if [[ -e $last && ! -e $root/run/meissa/seen ]]; then
    file=$(stat -c '%i %z' "$last")
    mkdir -p "$root/run/meissa"
    [[ $file != "$(cat "$seen" 2>/dev/null)" ]] || touch "$root/run/meissa/last-good"
    keep "$seen" <<<"$file"
    touch "$root/run/meissa/seen"
  fi
  # Before anything can start with it. What fails here is tried again by the units, and counts there.
  "$bin/meissa-manifest" || :
  systemctl daemon-reload
  while read -r verb unit; do
    [[ $verb != enable ]] || systemctl enable --quiet "$unit" || :
  done <"$plan"
  exec systemctl restart --no-block meissa-units.service
fi

# Keys of this configuration stand between two lines of their own, so that those of others stay and dropped ones go.
keys() {
  local home file
  home=$(getent passwd "$1" | cut -d : -f 6) file=$root$home/.ssh/authorized_keys
  [[ $home ]] || return 1
  mkdir -p "${file%/*}"
  {
    [[ ! -e $file ]] || sed '/^# meissa: begin$/,/^# meissa: end$/d' "$file"
    echo '# meissa: begin'
    sed -n "s/^key $1 //p" "$plan"
    echo '# meissa: end'
  } | keep "$file"
  chmod 700 "${file%/*}"
  chmod 600 "$file"
  chown -R "$1:" "${file%/*}"
}

while read -r verb name rest; do
  case $verb in
  user)
    id "$name" &>/dev/null || useradd --create-home --shell /bin/bash "$name" || failed+=" $name"
    # As on Flatcar: whoever may log in as core may do everything.
    [[ $name != core || ! -d $root/etc/sudoers.d ]] || echo 'core ALL=(ALL) NOPASSWD: ALL' | keep "$root/etc/sudoers.d/60-meissa"
    keys "$name" || failed+=" keys of $name"
    ;;
  owner) chown "$name:" "$root$rest" || failed+=" $rest" ;;
  esac
done <"$plan"
systemctl restart systemd-sysctl.service || failed+=' systemd-sysctl.service'

mkdir -p "$root/run/meissa/units"
while read -r verb unit; do
  case $verb in enable | start | stop | restart | reload) ;; *) continue ;; esac
  record=$root/run/meissa/units/$unit text=$(systemctl cat "$unit" 2>/dev/null | sha256sum) || :
  # Started by this configuration's predecessor in the same boot.
  [[ $verb != start || ! -e $record || $(<"$record") == "$text" ]] || verb=restart
  if ! systemctl "$verb" "$unit" </dev/null; then
    failed+=" $unit"
  elif [[ $verb != enable ]]; then
    echo "$text" >"$record"
  fi
done <"$plan"
[[ -z $failed ]] || die "failed:$failed"
echo 'the configuration is applied'
