#!/bin/bash
# meissa-clock [health | before]: how far this host's clock is from the first server of MEISSA_TIME that answers. It asks by
# itself (RFC 5905): what keeps the clock may have stopped, or follow somebody else.
#
#   (nothing)  `clock-offset-ms N`, above 0 where the clock is ahead; `unknown` where nobody answers
#   health     fails where the clock is further off than MEISSA_CLOCK_MS. Not where nobody answers: who can't be reached must
#              not keep hosts from being changed, least of all all of them from what mends it
#   before     the same for those who judge data by its age, before they start: gives servers time to answer
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# Milliseconds since 1970 of the two words of a timestamp, the era from 2036 included.
milliseconds() {
  echo $((($1 + ($1 >> 31 ? 0 : 1 << 32) - 2208988800) * 1000 + ($2 * 1000 >> 32)))
}
ask() {
  local sent back w stratum
  {
    sent=$(date +%s%3N)
    printf '\x23%b' "$(printf '\\0%.0s' {1..47})" >&3
    read -ra w < <(timeout 2 od -An -tu4 -N48 -w48 --endian=big <&3)
    back=$(date +%s%3N)
  } 3<>"/dev/udp/$1/123" || return 1
  # An answer (mode 4) of one who knows the time itself: leap 3 and stratum 0 or 16 say that it doesn't.
  stratum=$((w[0] >> 16 & 255))
  ((${#w[@]} == 12 && (w[0] >> 24 & 7) == 4 && w[0] >> 30 != 3 && stratum > 0 && stratum < 16)) || return 1
  offset=$(((sent + back - $(milliseconds "${w[8]}" "${w[9]}") - $(milliseconds "${w[10]}" "${w[11]}")) / 2))
}
look() {
  local server
  offset=unknown
  for server in ${MEISSA_TIME-}; do
    # Names take their time where there is no DNS.
    ((SECONDS < 12)) || break
    ! ask "$server" 2>/dev/null || return 0
  done
}
look
case ${1-} in
'') echo "clock-offset-ms $offset" && exit ;;
before) while [[ $offset == unknown && ${MEISSA_TIME-} ]] && ((SECONDS < ${MEISSA_CLOCK_SECONDS-12})); do sleep 1 && look; done ;;
esac
[[ $offset != unknown ]] || exit 0
((offset <= MEISSA_CLOCK_MS && -offset <= MEISSA_CLOCK_MS)) ||
  die "the clock is $offset ms off $MEISSA_TIME: see systemctl status systemd-timesyncd, or chronyd"
