/** Hosts whose SELinux is otherwise than their image has it, or enforces. */
import { SELINUX_STATES, type SelinuxState, selinuxOf } from '../../facts/selinux';
import type { HostReport } from './host-reports';
import { type LikeHosts, listed, type Unlike } from './like-hosts';

/** Hosts of one image and state are one line: one cause. Of an image that nobody knows only that it enforces is told. */
export function otherSelinux({ fleet, members }: LikeHosts, heard: readonly HostReport[]): Unlike[] {
  const alike = new Map<string, { hosts: string[]; state: SelinuxState; image: ReturnType<typeof selinuxOf> }>();
  for (const { host, values } of heard) {
    const state = SELINUX_STATES.find((each) => each === values.selinux);
    const image = selinuxOf(values['version.os'] ?? '');
    if (state === undefined || state === image?.state || (image === undefined && state !== 'enforcing')) continue;
    const key = `${state} ${image?.name}`;
    alike.set(key, { hosts: [...(alike.get(key)?.hosts ?? []), host], state, image });
  }
  return [...alike.values()].map(({ hosts, state, image }) => ({
    hosts,
    what: `SELinux is ${state} on ${listed(hosts)} of ${fleet}${image === undefined ? '' : `, and ${image.state} in images of ${image.name}`}`,
    means: MEANS[state],
    fix: fixOf(state, image?.state, members ? hosts[0] : undefined),
  }));
}

const MEANS: Readonly<Record<SelinuxState, string>> = {
  enforcing:
    "nothing of ours has labels that its policy knows: units and containers that run may fail at their next start, with 'Permission denied'",
  permissive: 'it refuses nothing; somebody turned it on, and enforcing it is one word in a file away',
  disabled: 'somebody turned it off, or put it there: the host is no longer as its image was made',
  absent: 'somebody took it away, or the host has another image than it says',
};

/** @param member that can be made anew @default - none */
function fixOf(state: SelinuxState, wanted: SelinuxState | undefined, member: string | undefined): string {
  const now = state === 'enforcing' ? '`setenforce 0` there ends it until the next boot; ' : '';
  const anew =
    member === undefined ? 'a host that is made anew has it as its image' : `or make it anew: \`meissa replace ${member}\``;
  if (wanted === 'absent' || state === 'absent') return `${now}${anew}`;
  return `${now}write \`SELINUX=${wanted ?? 'permissive'}\` in /etc/selinux/config and reboot; ${anew}`;
}
