/** What sees to it that a boot's configuration is applied, with systemd as a stub that says how the reader of user-data is. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aliyunContext } from '../aliyun-fixtures';
import { ownProfiles } from '../fixtures';
import { eventually, Sandbox } from './sandbox';

/** Seconds between two looks. */
const QUICK = { MEISSA_BOOT_SECONDS: '0.01' };

let host: Sandbox;
afterEach(() => host.end());

/** `systemctl show -P ActiveState UNIT` says what stands in the file of that name. */
function boots(changes: Parameters<Sandbox['install']>[1] = {}): void {
  host = new Sandbox(QUICK).install(['base'], changes).stub('systemctl', '[[ $1 != show ]] || cat "$MEISSA_ROOT/states/$4"');
  rmSync(join(host.root, 'run/meissa/applied'));
  mkdirSync(join(host.root, 'states'));
}
const is = (unit: string, state: string): unknown => host.write(`/states/${unit}`, `${state}\n`);
const told = (): string[] => (host.read('calls') ?? '').split('\n').filter((call) => !/^systemctl show|^$/.test(call));
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 1500));

describe('on AWS', () => {
  beforeEach(() => boots());

  test('ends as soon as the configuration is applied', async () => {
    is('oem-cloudinit.service', 'activating');
    const run = host.run('meissa-boot');
    host.write('/run/meissa/applied', '');
    expect(await run).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('starts a reader again that has failed, ever less often', async () => {
    is('oem-cloudinit.service', 'failed');
    host.start('meissa-boot');
    await eventually(() => told().length >= 2, 'it is started twice');
    expect(new Set(told())).toEqual(new Set(['systemctl start --no-block oem-cloudinit.service']));
  });

  test('starts one again that reads without an end', async () => {
    is('oem-cloudinit.service', 'activating');
    host.start('meissa-boot');
    await eventually(() => told().length >= 1, 'it is restarted');
    expect(told()[0]).toBe('systemctl restart --no-block oem-cloudinit.service');
  });

  test('lets one wait that has come to the units: a volume may come hours later', async () => {
    is('oem-cloudinit.service', 'activating');
    host.write('/run/meissa/applying', '');
    host.start('meissa-boot');
    await pause();
    expect(told()).toEqual([]);
    is('oem-cloudinit.service', 'failed');
    await eventually(() => told().length >= 1, 'but not one that failed in their midst');
  });
});

describe('on Aliyun', () => {
  beforeEach(() => boots(aliyunContext(ownProfiles('base'))));
  const applies = (): void => {
    host.write('/opt/meissa/bin/meissa-apply', '#!/bin/bash\necho meissa-apply >>"$MEISSA_ROOT/calls"\n', '0755');
  };

  test('applies the last good configuration where cloud-init found no metadata, and says so', async () => {
    is('meissa-units.service', 'inactive');
    is('cloud-init.service', 'active');
    host.write('/var/lib/meissa/config/last', '#cloud-config\n');
    applies();
    host.start('meissa-boot');
    await eventually(() => told().length >= 1, 'it is applied');
    expect(told()[0]).toBe('meissa-apply');
    expect(host.read('run/meissa/last-good')).toBe('');
    expect(host.read('run/meissa/configuration')).toBe(`${createHash('sha256').update('#cloud-config\n').digest('hex')}\n`);
  });

  test('waits for a cloud-init that is at it, and ends one that hangs', async () => {
    is('meissa-units.service', 'inactive');
    is('cloud-init.service', 'activating');
    applies();
    host.start('meissa-boot');
    await eventually(() => told().length >= 1, 'it is ended');
    expect(told()[0]).toBe('systemctl kill --signal=KILL cloud-init.service');
  });

  test('leaves units alone that are being started', async () => {
    is('meissa-units.service', 'activating');
    is('cloud-init.service', 'failed');
    applies();
    host.start('meissa-boot');
    await pause();
    expect(told()).toEqual([]);
  });
});
