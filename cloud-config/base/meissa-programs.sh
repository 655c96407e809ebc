#!/bin/bash
# meissa-programs: installs what /etc/meissa/programs lists (command, package for apt, package for dnf) and this image lacks,
# from the image's own mirrors, whose signatures apt and dnf check. Nothing where all commands are there. It never gives up:
# whatever needs them comes after it.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
export DEBIAN_FRONTEND=noninteractive
manager=dnf
! command -v apt-get >/dev/null || manager=apt
for ((round = 0; ; round++)); do
  packages=()
  while read -r program apt dnf; do
    package=$dnf
    [[ $manager != apt ]] || package=$apt
    [[ $package == - ]] || command -v "$program" >/dev/null || packages+=("$package")
  done <"$root/etc/meissa/programs"
  ((${#packages[@]})) || exit 0
  ((round == 0)) || sleep "${MEISSA_PROGRAMS_SECONDS-30}"
  echo "installs ${packages[*]}"
  if [[ $manager == apt ]]; then
    # What the configuration has written stays as it is.
    apt-get -q update &&
      apt-get -qy -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold install --no-install-recommends "${packages[@]}"
  else
    dnf -qy install "${packages[@]}"
  fi </dev/null || echo 'not installed: tried again'
done
