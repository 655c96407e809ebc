#!/bin/bash
# Of the image: a piece of meissa-report.
selinux=absent
[[ ! -e /etc/selinux/config ]] || selinux=disabled
[[ ! -e /sys/fs/selinux/enforce ]] || case $(</sys/fs/selinux/enforce) in 1) selinux=enforcing ;; *) selinux=permissive ;; esac
# shellcheck source=/dev/null
. /etc/os-release
printf '%s %s\n' selinux "$selinux" version.kernel "$(uname -r)" version.os "$ID ${VERSION_ID-}" \
  version.systemd "$(systemctl --version | sed -n '1s/^systemd \([^ ]*\).*/\1/p')"
