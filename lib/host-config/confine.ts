import type { HostConfig, HostFile } from './model';

/**
 * What every unit with `confine: true` has, before its own lines. Named options are those of systemd.exec(5) and
 * systemd.resource-control(5).
 *
 * - Images have systemd 239 and later: a line that one doesn't know is a warning there, and no value stands here that an older
 *   one reads as something else (`RestrictAddressFamilies=none` would be).
 * - ENOSYS: what a libc newer than the image's systemd calls first (`clone3`) isn't in that systemd's list; told that there is no
 *   such call it makes the older one, told that it may not it gives up.
 * - Nothing of it is a `UMask`: what the host's scripts write, programs with another user read.
 */
const firm = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
PrivateTmp=yes
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallErrorNumber=ENOSYS
`;

/**
 * The rest, which a unit says otherwise where it needs to: its own lines come later and count, and lists are added to. 512 MB is
 * several times what scripts take.
 */
const usual = `CapabilityBoundingSet=
ProtectHome=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX
RestrictSUIDSGID=yes
MemoryDenyWriteExecute=yes
ProtectKernelTunables=yes
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
MemoryMax=512M
`;

const section = /^\[Service\][ \t]*\n/m;
const firmKeys = new RegExp(`^[ \\t]*(${[...firm.matchAll(/^\w+/gm)].join('|')})[ \\t]*=`, 'm');

/** A service's text with these lines at the beginning of its section `[Service]`, or what keeps it from having them. */
export function confined(unit: string): { readonly text: string } | { readonly message: string; readonly fix: string } {
  const own = firmKeys.exec(unit)?.[1];
  if (own !== undefined)
    return { message: `${own} is what no confined service says otherwise.`, fix: `Leave ${own} out, or \`confine\`.` };
  if (!section.test(unit))
    return { message: 'There is no [Service] to confine.', fix: 'Write a service as `content`, or leave `confine` out.' };
  return { text: unit.replace(section, (head) => head + firm + usual) };
}

/** The drop-in of all services named `meissa-*` (systemd.unit(5): a unit has the drop-ins of its name's beginnings at each `-`). */
const sharedPath = '/etc/systemd/system/meissa-.service.d/10-confine.conf';

/** A service's own lines of what the usual ones set. */
const ownOfUsual = new RegExp(`^(?:${[...new Set([...usual.matchAll(/^\w+/gm)].map(([key]) => key))].join('|')})=.*\\n`, 'gm');

/**
 * The same with the lines once for all of base's services, where user-data is not gzipped as a whole and each of them would cost its bytes.
 * A drop-in comes behind a unit, so what such a service says otherwise stands in a later one of its own. Not where a service of that name
 * isn't confined: it would be, without a word.
 */
export function sharedConfinement(config: HostConfig): HostConfig {
  const isOurs = ({ name, content }: HostConfig['units'][number]): boolean =>
    /^meissa-.*\.service$/.test(name) && content !== undefined;
  const ours = config.units.filter(isOurs);
  if (ours.length < 2 || !ours.every(({ content }) => content!.includes(firm + usual))) return config;
  const drop: HostFile = {
    ...{ path: sharedPath, permissions: '0644', owner: 'root', profile: ours[0]!.profile },
    content: `[Service]\n${firm}${usual}`,
  };
  const units = config.units.map((unit) => {
    if (!isOurs(unit)) return unit;
    const rest = unit.content!.replace(firm + usual, '');
    const own = rest.match(ownOfUsual)?.join('') ?? '';
    if (own === '') return { ...unit, content: rest };
    const later = { name: '20-own.conf', content: `[Service]\n${own}`, profile: unit.profile };
    return { ...unit, content: rest.replace(ownOfUsual, ''), dropIns: [...unit.dropIns, later] };
  });
  return { ...config, units, files: [...config.files, drop] };
}
