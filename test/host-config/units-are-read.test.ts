/** What images' systemd would pass over: a fact by version, told of every profile, and of none of ours. */
import { hostConfig } from '../../lib/host-config/host-config';
import { everyHost, wholeUnit } from './every-host';
import { context, profile } from './fixtures';

const aliyun = context({ region: { ...context().region, provider: 'aliyun' } });
const told = (unit: string, at = context()): string[] =>
  hostConfig(at, [
    profile('own', `units:\n  - name: a.service\n    content: |\n${unit.replace(/^/gm, '      ')}\n`),
  ]).findings.map(({ code, path, line, message }) => `${code} ${path} ${line}: ${message}`);

test.each(everyHost.map(({ name, config }) => [name, config] as const))(
  '%s: each order after the network is asked for',
  (_name, config) => {
    for (const unit of config.units.filter(({ content }) => content !== undefined)) {
      const words = (key: string): string[] =>
        [...wholeUnit(config, unit).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value!.split(' '));
      if (words('After').includes('network-online.target'))
        expect([unit.name, ...words('Wants')]).toContain('network-online.target');
    }
  },
);

test('what comes after the network without wanting it is told', () => {
  const unit = (more: string): string => `[Unit]\nAfter=a.service network-online.target\n${more}[Service]\nExecStart=/bin/a`;
  expect(told(unit(''))).toEqual([
    'UNIT_NETWORK unit a.service 2: It starts after network-online.target, which it does not want.',
  ]);
  for (const more of [
    'Wants=network-online.target\n',
    'Wants=b.service network-online.target\n',
    'Requires=network-online.target\n',
  ])
    expect(told(unit(more))).toEqual([]);
});

test('a setting that the oldest image of these hosts does not know is told, with both versions', () => {
  const unit = '[Service]\nType=exec\nExecCondition=/bin/b\nExecStart=/bin/a';
  expect(told(unit)).toEqual([]);
  expect(told(unit, aliyun)).toEqual([
    'UNIT_NEWER unit a.service 2: ExecCondition= came with systemd 243, and images that these hosts may have are of 239 and later.',
    'UNIT_NEWER unit a.service 2: Type=exec came with systemd 240, and images that these hosts may have are of 239 and later.',
  ]);
  expect(told('[Service]\nRestartMode=direct\nExecStart=/bin/a')).toEqual([
    'UNIT_NEWER unit a.service 2: RestartMode= came with systemd 254, and images that these hosts may have are of 252 and later.',
  ]);
});

test('what only takes rights away may be newer: without it the program runs as it should', () => {
  expect(told('[Service]\nProtectProc=invisible\nProtectClock=yes\nExecStart=/bin/a', aliyun)).toEqual([]);
});
