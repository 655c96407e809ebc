import fc from 'fast-check';
import { parse } from 'yaml';
import { writeCoreos } from '../../lib/host-config/coreos-writer';
import type { HostConfig } from '../../lib/host-config/model';
import { hostConfigs, textOf } from './host-configs';
import { misread } from './misread';

const write = (config: Partial<HostConfig>): string =>
  textOf(writeCoreos({ users: [], files: [], units: [], sysctl: {}, programs: [], ...config }));

test('what the writer writes reads back as what was put in', () => {
  fc.assert(
    fc.property(hostConfigs, (given) => {
      const read = parse(write(given)) ?? {};
      const files = (read.write_files ?? []).filter((each: { path: string }) => each.path !== '/etc/sysctl.d/60-meissa.conf');
      expect(
        files.map((each: Record<string, string>) => [each.path, each.permissions ?? '0644', each.owner ?? 'root', each.content]),
      ).toEqual(given.files.map((each) => [each.path, each.permissions, each.owner, each.content]));
      const units = (read.coreos?.units ?? []).filter((each: { name: string }) => each.name !== 'systemd-sysctl.service');
      expect(units).toEqual(
        given.units.map((each) => ({
          name: each.name,
          ...(each.mask ? { mask: true } : {}),
          ...(each.enable ? { enable: true } : {}),
          ...(each.command ? { command: each.command } : {}),
          ...(each.content === undefined ? {} : { content: each.content }),
          ...(each.dropIns.length > 0 ? { drop_ins: each.dropIns.map(({ name, content }) => ({ name, content })) } : {}),
        })),
      );
      expect(read.coreos?.update?.reboot_strategy).toBe(given.update?.rebootStrategy);
      const core = given.users.find((user) => user.name === 'core');
      expect(read.ssh_authorized_keys ?? []).toEqual(core?.sshAuthorizedKeys ?? []);
      expect(
        (read.users ?? []).map((user: { name: string; groups?: string[]; ssh_authorized_keys?: string[] }) => [
          user.name,
          user.groups ?? [],
          user.ssh_authorized_keys ?? [],
        ]),
      ).toEqual(
        given.users.filter((user) => user !== core).map((user) => [user.name, user.groups ?? [], user.sshAuthorizedKeys]),
      );
    }),
    { numRuns: 300 },
  );
});

test('the first line is exactly #cloud-config, and no key ever has a hyphen', () => {
  fc.assert(
    fc.property(hostConfigs, (given) => {
      const written = write(given);
      expect(written.startsWith('#cloud-config\n')).toBe(true);
      const keys = (value: unknown): string[] => {
        if (Array.isArray(value)) return value.flatMap(keys);
        if (typeof value !== 'object' || value === null) return [];
        return Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]);
      };
      expect(keys(parse(written)).filter((key) => key.includes('-'))).toEqual([]);
      expect(misread(written).filter((problem) => !problem.includes('stands in the text'))).toEqual([]);
    }),
  );
});

test('scripts and units stand as literal blocks that a person reads', () => {
  expect(
    write({ files: [{ path: '/opt/x', permissions: '0755', owner: 'root', content: '#!/bin/bash\necho a\n', profile: 'p' }] }),
  ).toBe('#cloud-config\nwrite_files:\n-\n path: /opt/x\n permissions: "0755"\n content: |\n  #!/bin/bash\n  echo a\n');
});

test('kernel parameters are a file, and the first unit applies it at every boot', () => {
  const read = parse(
    write({
      sysctl: { 'vm.swappiness': { value: '1', profile: 'p' } },
      units: [{ name: 'a.service', command: 'start', enable: false, mask: false, dropIns: [], profile: 'p' }],
    }),
  );
  expect(read.write_files).toEqual([{ path: '/etc/sysctl.d/60-meissa.conf', content: 'vm.swappiness = 1\n' }]);
  expect(read.coreos.units[0]).toEqual({ name: 'systemd-sysctl.service', command: 'restart' });
});
