/**
 * Hosts of a fleet that are not alike by their own word: programs in different versions, clocks that are off or judged by nobody, and SELinux otherwise
 * than their image has it.
 */
import { type HostReport, SILENT_AFTER } from './host-reports';
import { type LikeHosts, listed, type Unlike } from './like-hosts';
import { otherSelinux } from './other-selinux';

/** Of hosts that have spoken lately; who is silent is told by others. Programs that differ between the same hosts are one line: one cause. */
export function unlikeHosts(fleet: LikeHosts): Unlike[] {
  const heard = fleet.reports.filter(({ age }) => age <= SILENT_AFTER);
  return [
    ...unlikeVersions(fleet, heard),
    ...wrongClocks(fleet, heard),
    ...unjudgedClocks(fleet, heard),
    ...otherSelinux(fleet, heard),
  ];
}

function unlikeVersions({ fleet, provider, members }: LikeHosts, heard: readonly HostReport[]): Unlike[] {
  const programs = [...new Set(heard.flatMap(({ values }) => Object.keys(values).filter((key) => key.startsWith('version.'))))];
  /** By who has which: the programs, and a version of each group of hosts. */
  const split = new Map<string, { programs: string[]; hosts: Map<string, string[]> }>();
  for (const key of programs.sort()) {
    const hosts = new Map<string, string[]>();
    for (const { host, values } of heard) {
      const version = values[key];
      if (version !== undefined) hosts.set(version, [...(hosts.get(version) ?? []), host]);
    }
    if (hosts.size < 2) continue;
    const known = split.get(JSON.stringify([...hosts.values()]));
    if (known === undefined) split.set(JSON.stringify([...hosts.values()]), { programs: [labelOf(key, hosts)], hosts });
    else known.programs.push(labelOf(key, hosts));
  }
  return [...split.values()].map(({ programs: labels, hosts }) => {
    const groups = [...hosts.values()].sort((a, b) => b.length - a.length);
    const few = groups.slice(1).flat().sort();
    return {
      hosts: few,
      what: `hosts of ${fleet} have different versions: ${labels.join('; ')}`,
      means: `what works on ${few.length === 1 ? 'one of them' : 'some of them'} may fail on another, and a hole that is closed on one is open on another`,
      fix:
        provider === 'aws'
          ? 'these come with the image, which hosts renew and reboot for one after the other: `update_engine_client -status` on each says whether it waits, `/opt/meissa/bin/meissa-reboot-lock status` for whom'
          : `a host gets a package when it is made, and security updates after that: on the older ones renew it (\`dnf upgrade <package>\`, \`apt-get install --only-upgrade <package>\`) and restart them one by one${members ? `, or make them anew with \`meissa replace ${few[0]}\`` : ''}`,
    };
  });
}

function labelOf(key: string, hosts: ReadonlyMap<string, readonly string[]>): string {
  const told = [...hosts].map(([version, names]) => `${version} on ${listed(names)}`);
  return `${key.slice('version.'.length)} ${told.join(', ')}`;
}

const OFFSET = 'clock-offset-ms';

function wrongClocks({ clockBound }: LikeHosts, heard: readonly HostReport[]): Unlike[] {
  return heard.flatMap(({ host, values }) => {
    const offset = Number(values[OFFSET] ?? 'unknown');
    if (Number.isNaN(offset) || Math.abs(offset) <= clockBound) return [];
    return [
      {
        hosts: [host],
        what: `the clock of ${host} is ${Math.abs(offset)} ms ${offset > 0 ? 'ahead' : 'behind'}`,
        means:
          'it does not count as well: nothing is rolled there, Kafka does not start there, and clouds refuse requests that are minutes off',
        fix: 'have what keeps the clock set it: `systemctl restart systemd-timesyncd` there, on Aliyun `systemctl restart chronyd`; `/opt/meissa/bin/meissa-clock` says whether it is right',
      },
    ];
  });
}

function unjudgedClocks({ fleet }: LikeHosts, heard: readonly HostReport[]): Unlike[] {
  const hosts = heard.filter(({ values }) => values[OFFSET] === 'unknown').map(({ host }) => host);
  if (hosts.length === 0) return [];
  return [
    {
      hosts,
      what: `no server of time answers ${listed(hosts)} of ${fleet}`,
      means: 'nobody sets their clocks or knows how far off they are; they drift apart by seconds a week',
      fix: 'on one of them `grep MEISSA_TIME /etc/meissa/env` names the servers: mend those, or the way to their UDP port 123',
    },
  ];
}
