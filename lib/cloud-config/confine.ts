/**
 * What every unit with `confine: true` has, before its own lines: what it needs beyond this it says itself, and being later
 * that counts (lists are added to). Named options are those of systemd.exec(5) and systemd.resource-control(5).
 *
 * - Images have systemd 239 and later: a line that one doesn't know is a warning there, and no value stands here that an older
 *   one reads as something else (`RestrictAddressFamilies=none` would be).
 * - ENOSYS: what a libc newer than the image's systemd calls first (`clone3`) isn't in that systemd's list; told that there is no
 *   such call it makes the older one, told that it may not it gives up.
 * - Nothing of it is a `UMask`: what the host's scripts write, programs with another user read.
 * - 512 MB is several times what scripts take; programs say their own.
 */
const lines = `NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=ENOSYS
MemoryMax=512M
`;

/** A service's text with these lines at the beginning of its section `[Service]`; undefined where it has none. */
export function confined(unit: string): string | undefined {
  const section = /^\[Service\][ \t]*\n/m;
  return section.test(unit) ? unit.replace(section, (head) => head + lines) : undefined;
}
