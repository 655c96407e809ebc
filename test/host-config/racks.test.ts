import { join } from 'node:path';
import type { Estate, Idc } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { rackUserDataOf, renderFindings } from '../../lib/host-config/fleet-user-data';
import { hostConfig } from '../../lib/host-config/host-config';
import { renderUserData } from '../../lib/host-config/user-data';
import { rackContext } from '../../lib/plan/idc/context';
import { planEstate } from '../../lib/plan/plan';
import { defaults, ownProfiles, profile, repository } from './fixtures';

const { estate } = loadEstate(join(repository, 'test/estates/hybrid')) as { estate: Estate };
const idc = estate.idcs[0] as Idc;
const rack = idc.racks[0]!;
const { config } = hostConfig(rackContext(estate, idc, rack), ownProfiles('base', 'docker'));

test('a rack has one text, which is what its profiles render to for it', () => {
  const userData = rackUserDataOf(estate)('beijing', 'a01');
  const again = renderUserData(rackContext(estate, idc, rack), ownProfiles(...rack.profiles), { compress: 'auto' });
  expect(userData.text).toBe(again.userData!.text);
  expect(rackUserDataOf(estate)('beijing', 'a01')).toBe(userData);
  expect(rackUserDataOf(estate)('beijing', 'a02').text).not.toBe(userData.text);
  expect(() => rackUserDataOf(estate)('beijing', 'a09')).toThrow('no rack beijing/a09');
});

test('a host of a rack has no gate, no artifacts and no metadata service', () => {
  const names = [...config.files.map((file) => file.path), ...config.units.map((unit) => unit.name)];
  expect(names.filter((name) => /gate|artifact|volume/.test(name))).toEqual([]);
  for (const { path, content } of config.files)
    expect([path, /169\.254|IMDS|amazonaws|NVMe|meissa:gate/i.exec(content)?.[0]]).toEqual([path, undefined]);
});

test('a host of a rack has the bridge and the table of its own range all the same', () => {
  const units = config.units.map((unit) => unit.name);
  expect(units.indexOf('meissa-host.service')).toBeLessThan(units.indexOf('meissa-net.service'));
  expect(units.indexOf('meissa-net.service')).toBeLessThan(units.indexOf('docker.service'));
  const table = config.files.find((file) => file.path === '/opt/meissa/bin/meissa-net')!.content;
  expect(table.split('chain hidden {')[1]).toMatch(
    /^\n {2}ip daddr 10\.0\.0\.0\/8 return\n {2}ip daddr 172\.16\.0\.0\/12 return\n {2}masquerade\n/,
  );
});

test('a rack without a range of its own has the table alone, and docker starts only with it, too', () => {
  const { containers: _, ...plain } = rack;
  const { files, units } = hostConfig(rackContext(estate, idc, plain), ownProfiles('base', 'docker')).config;
  const table = files.find(({ path }) => path === '/opt/meissa/bin/meissa-net')!.content;
  expect(table.match(/^ chain \w+|^ {2}counter drop/gm)).toEqual([
    ' chain input',
    '  counter drop',
    ' chain planned',
    '  counter drop',
  ]);
  // Docker hands published ports to containers before the hook of the host's own ports.
  expect(table).toContain('type filter hook prerouting priority mangle\n');
  expect(table).not.toMatch(/MEISSA_CONTAINER_RANGES|MEISSA_BRIDGE|dev docker0/);
  expect(units.find(({ name }) => name === 'docker.service')!.dropIns[0]!.content).toContain('Requires=meissa-net.service\n');
  expect(files.map(({ path }) => path)).not.toContain('/etc/sysctl.d/zz-meissa-net.conf');
});

test('who comes from outside the pools is dropped by the last rule of what guards a rack`s hosts, with containers or without', () => {
  for (const { containers, ...each } of [rack, { ...rack, containers: undefined }]) {
    const changed = { ...each, ...(containers === undefined ? {} : { containers }) };
    const { config } = hostConfig(rackContext(estate, idc, changed), ownProfiles('base', 'docker'));
    const table = config.files.find(({ path }) => path === '/opt/meissa/bin/meissa-net')!.content;
    for (const chain of ['input', ...(containers === undefined ? [] : ['forward'])])
      expect(table.split(`chain ${chain} {`)[1]!.split('}')[0]!.trim().split(/\n\s*/).at(-1)).toBe('counter drop');
  }
});

test('labels of a rack are to templates what those of a fleet are', () => {
  const told = profile('told', "files: [{ path: /etc/labels.json, content: '{{json fleet.metadata}} {{fleet.metadata.role}}' }]");
  const metadata = { role: 'line', location: 'bj-idc' };
  const ofRack = hostConfig(rackContext(estate, idc, { ...rack, metadata }), [told]);
  const fleet = planEstate(estate).regions[0]!.fleets[0]!.context;
  const ofFleet = hostConfig({ ...fleet, fleet: { ...fleet.fleet, metadata } }, [told]);
  const text = ({ config: { files } }: typeof ofRack) => files.find(({ path }) => path === '/etc/labels.json')!.content;
  expect(text(ofRack)).toBe('{"role":"line","location":"bj-idc"} "line"');
  expect(text(ofFleet)).toBe(text(ofRack));
});

describe('a profile that needs a cloud', () => {
  const needy = {
    ...profile('needy', 'files: []'),
    needs: { artifacts: ['etcd'], signal: true, formedMarker: true },
    volumes: ownProfiles('etcd')[0]!.volumes,
  };
  const wanting = { ...rack, profiles: ['base', 'needy'] };
  const changed: Estate = {
    ...estate,
    profiles: new Map([...estate.profiles, ['needy', needy]]),
    idcs: [{ ...idc, racks: [wanting] }],
  };

  test('is refused on a rack, with all that it would wait for in vain', () => {
    expect(renderFindings(changed, planEstate(changed))).toEqual([
      expect.objectContaining({
        code: 'PROFILE_NEEDS_CLOUD',
        file: 'regions/beijing.yaml',
        path: 'racks.a01',
        message: expect.stringContaining("artifacts (etcd) and a cluster's formed marker and data volumes (etcd)"),
      }),
    ]);
    expect(() => rackUserDataOf(changed)('beijing', 'a01')).toThrow('Profile needy');
  });

  test('gets artifacts from the mirror of its data centre, where it has one', () => {
    const mirrored: Estate = { ...changed, idcs: [{ ...idc, artifacts: 'http://10.200.0.10/artifacts', racks: [wanting] }] };
    const [finding] = renderFindings(mirrored, planEstate(mirrored));
    expect(finding!.message).toContain("needs a cluster's formed marker and data volumes (etcd), which");
  });

  test('that only voters need it for is no trouble to a rack that joins a cluster', () => {
    const joined = loadEstate(join(repository, 'test/estates/aliyun')).estate as Estate;
    const [place] = joined.idcs as [Idc];
    const profiles = ['base', 'docker', 'etcd', 'updates'];
    const racks = [{ ...place.racks[0]!, profiles, parameters: defaults(ownProfiles(...profiles)) }];
    const estate: Estate = { ...joined, idcs: [{ ...place, racks }] };
    expect(renderFindings(estate, planEstate(estate))).toEqual([]);
    const { text } = rackUserDataOf(estate)(place.name, racks[0]!.name);
    expect(text).toContain('etcd gateway start');
    expect(text).toContain('MEISSA_ARTIFACTS=http://10.200.0.10/artifacts\n');
  });

  test('a signal is none: base has it, and a rack has nobody who waits', () => {
    expect(renderFindings(estate, planEstate(estate))).toEqual([]);
  });
});
