import { readFileSync } from 'node:fs';
import type { HostReport } from '../../../lib/deploy/host-reports/host-reports';
import type { LikeHosts } from '../../../lib/deploy/host-reports/like-hosts';
import { unlikeHosts } from '../../../lib/deploy/host-reports/unlike-hosts';
import { SELINUX_OF_IMAGES } from '../../../lib/facts/selinux';

const report = (number: number, values: Record<string, string>, age = 60_000): HostReport => ({
  host: `cn-beijing-core-worker-${number}`,
  instance: `i-${number}`,
  age,
  values: { 'clock-offset-ms': '3', ...values },
});
const fleet = (reports: HostReport[], provider: LikeHosts['provider'] = 'aliyun', members = true): LikeHosts => ({
  fleet: 'core/worker',
  provider,
  members,
  reports,
  clockBound: 500,
});
const docker = (version: string) => ({ 'version.docker': version });

test('hosts that are alike say nothing, nor does one that lacks a program or has not spoken lately', () => {
  const alike = [report(1, docker('28.0.4')), report(2, docker('28.0.4')), report(3, {}), report(4, docker('26.1.3'), 3_600_000)];
  expect(unlikeHosts(fleet(alike))).toEqual([]);
});

test('two versions of a program are one line: which, where, what it means and what to do on that cloud', () => {
  const reports = [report(1, docker('28.0.4')), report(2, docker('26.1.3')), report(3, docker('28.0.4'))];
  expect(unlikeHosts(fleet(reports))).toEqual([
    {
      hosts: ['cn-beijing-core-worker-2'],
      what: 'hosts of core/worker have different versions: docker 28.0.4 on cn-beijing-core-worker-1 and cn-beijing-core-worker-3, 26.1.3 on cn-beijing-core-worker-2',
      means: 'what works on one of them may fail on another, and a hole that is closed on one is open on another',
      fix: expect.stringContaining('or make them anew with `meissa replace cn-beijing-core-worker-2`'),
    },
  ]);
  expect(unlikeHosts(fleet(reports, 'aliyun', false))[0]!.fix).not.toContain('meissa replace');
  expect(unlikeHosts(fleet(reports, 'aws'))[0]!.fix).toContain('update_engine_client -status');
});

test('what comes with one image is one line, and what else differs another one', () => {
  const image = (os: string, kernel: string) => ({ 'version.os': os, 'version.kernel': kernel });
  const told = unlikeHosts(
    fleet([
      report(1, { ...image('flatcar 4230.2.1', '6.6.88'), 'version.etcd': '3.5.21' }),
      report(2, { ...image('flatcar 4459.2.0', '6.12.51'), 'version.etcd': '3.5.21' }),
      report(3, { ...image('flatcar 4459.2.0', '6.12.51'), 'version.etcd': '3.5.20' }),
    ]),
  );
  expect(told.map(({ what }) => what.replaceAll('cn-beijing-core-worker-', ''))).toEqual([
    'hosts of core/worker have different versions: etcd 3.5.21 on 1 and 2, 3.5.20 on 3',
    'hosts of core/worker have different versions: kernel 6.6.88 on 1, 6.12.51 on 2 and 3; os flatcar 4230.2.1 on 1, flatcar 4459.2.0 on 2 and 3',
  ]);
  expect(told[1]!.hosts).toEqual(['cn-beijing-core-worker-1']);
});

test('a clock over the bound is told a host, those that nobody answers together, and one within the bound not', () => {
  const clock = (offset: string) => ({ 'clock-offset-ms': offset });
  const told = unlikeHosts(
    fleet([
      report(1, clock('-86400012')),
      report(2, clock('501')),
      report(3, clock('500')),
      report(4, clock('unknown')),
      report(5, clock('unknown')),
    ]),
  );
  expect(told.map(({ what }) => what.replaceAll('cn-beijing-core-worker-', ''))).toEqual([
    'the clock of 1 is 86400012 ms behind',
    'the clock of 2 is 501 ms ahead',
    'no server of time answers 4 and 5 of core/worker',
  ]);
});

test('SELinux that is not as the image has it is told once an image and state; of an unknown image only that it enforces', () => {
  const os = (selinux: string, image: string) => ({ selinux, 'version.os': image });
  const told = (reports: HostReport[], members = true) =>
    unlikeHosts(fleet(reports, 'aliyun', members)).filter(({ what }) => what.startsWith('SELinux'));
  const right = [
    os('permissive', 'flatcar 4230.2.1'),
    os('disabled', 'alinux 3'),
    os('disabled', 'alinux 3.2104'),
    os('absent', 'debian 12'),
  ];
  const unknown = [os('permissive', 'rocky 9.4'), os('disabled', 'alinux 2'), os('\\u001b[31m', 'debian 12'), os('absent', '')];
  expect(told([...right, ...unknown].map((values, i) => report(i, values)))).toEqual([]);
  const alinux = [1, 2].map((n) => report(n, os('enforcing', 'alinux 3')));
  expect(told([...alinux, report(3, os('disabled', 'alinux 3'))])).toEqual([
    {
      hosts: ['cn-beijing-core-worker-1', 'cn-beijing-core-worker-2'],
      what: 'SELinux is enforcing on cn-beijing-core-worker-1 and cn-beijing-core-worker-2 of core/worker, and disabled in images of Alibaba Cloud Linux 3',
      means: expect.stringContaining('may fail at their next start'),
      fix: '`setenforce 0` there ends it until the next boot; write `SELINUX=disabled` in /etc/selinux/config and reboot; or make it anew: `meissa replace cn-beijing-core-worker-1`',
    },
  ]);
  const fixes = [os('enforcing', 'rocky 9.4'), os('disabled', 'flatcar 4230.2.1'), os('permissive', 'ubuntu 24.04')];
  expect(
    told(
      fixes.map((values, i) => report(i, values)),
      false,
    ).map(({ fix }) => fix),
  ).toEqual([
    '`setenforce 0` there ends it until the next boot; write `SELINUX=permissive` in /etc/selinux/config and reboot; a host that is made anew has it as its image',
    'write `SELINUX=permissive` in /etc/selinux/config and reboot; a host that is made anew has it as its image',
    'a host that is made anew has it as its image',
  ]);
});

test('docs/boots.md says of each image what is known here', () => {
  const said = readFileSync('docs/boots.md', 'utf8').split('## SELinux')[1]!;
  for (const image of Object.values(SELINUX_OF_IMAGES)) expect(said).toContain(`| ${image!.name} | ${image!.state} |`);
  expect(said.match(/^\| [A-Z].* \|$/gm)).toHaveLength(Object.keys(SELINUX_OF_IMAGES).length);
});
