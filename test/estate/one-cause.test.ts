/** One cause is one finding, however many places suffer from it. */

import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { beijing, links, wide } from './cases/joined';
import { collect } from './collecting';
import { filesOf, fixtureProfiles, lines, region, type Written, written } from './written';

const BESIDE = ['PROFILE_UNKNOWN', 'MEMBER_ADDRESS_OVERLAP'];

function told(change: (w: Written) => unknown, after: (files: Record<string, string>) => unknown = () => {}): string[] {
  const w = written();
  change(w);
  const files = filesOf(w);
  after(files);
  const { findings } = readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' });
  return lines(findings.filter(({ code }) => !BESIDE.includes(code)));
}

/** Four regions around one that all are joined with. */
function hub(w: Written): void {
  for (const [name, block] of [
    ['us-west-1', '10.11.0.0/16'],
    ['us-west-2', '10.12.0.0/16'],
  ] as const)
    w.places[name] = { ...region(name, block, 'ab'), clusters: {} };
  links(w, { central: { kind: 'peering', hub: 'us-east-1', spokes: ['sa-east-1', 'us-west-1', 'us-west-2'] } });
}

test('a file of a data centre that cannot be read is one finding', () => {
  expect(told(wide, (files) => (files['regions/beijing.yaml'] = 'idc: beijing\n  block: 1\n'))).toEqual([
    expect.stringMatching(/^regions\/beijing.yaml:\d+ YAML_SYNTAX/),
  ]);
});

test('a file of a data centre with a wrong key is one finding', () => {
  expect(told(wide, (files) => (files['regions/beijing.yaml'] += 'colour: green\n'))).toEqual([
    expect.stringMatching(/UNKNOWN_KEY colour/),
  ]);
});

test('a region that is a hub and whose file went is one finding', () => {
  expect(told(hub, (files) => delete files['regions/us-east-1.yaml'])).toEqual([expect.stringMatching(/LOCK_WITHOUT_REGION/)]);
});

test('a hub that never stood is one finding', () => {
  const never = (w: Written): void => {
    hub(w);
    delete w.estate.central;
    w.estate.links.central.hub = 'eu-west-3';
  };
  expect(told(never)).toEqual([
    expect.stringMatching(/LINK_PLACE_UNKNOWN links.central: no region or data centre is called eu-west-3/),
  ]);
});

test('a name that several links say wrongly is one finding', () => {
  const wrong = (w: Written): void => {
    beijing(w).racks = {};
    links(w, {
      one: { kind: 'peering', between: ['sa-east-1', 'us-west-9'] },
      other: { kind: 'peering', between: ['us-east-1', 'us-west-9'] },
    });
  };
  expect(told(wrong)).toEqual([
    expect.stringMatching(
      /LINK_PLACE_UNKNOWN links.one: no region or data centre is called us-west-9, which links.other names too/,
    ),
  ]);
});

test('a central region that is not there is one finding, whoever collects into it', () => {
  const gone = (w: Written): void => {
    const { south } = collect(w);
    delete south.kafka.into;
    w.estate.central = 'us-east-2';
  };
  expect(told(gone)).toEqual([expect.stringMatching(/CENTRAL_UNKNOWN/)]);
});

test('a members lock that is missing is one finding for its region', () => {
  expect(
    told(
      () => {},
      (files) => delete files['regions/sa-east-1.members.lock.yaml'],
    ),
  ).toEqual([expect.stringMatching(/MEMBER_NOT_PINNED/)]);
});

test('an account that is missing is one finding for all regions', () => {
  expect(told((w) => delete w.estate.aws.account)).toEqual([expect.stringMatching(/KEY_MISSING aws.account/)]);
  expect(told((w) => delete w.estate.aws)).toEqual([expect.stringMatching(/^regions\/estate.yaml:\d+ ACCOUNT_MISSING/)]);
});

test('a profile whose folder went is one finding, however many fleets name it', () => {
  const w = written();
  for (const place of Object.values(w.places))
    for (const fleet of Object.values<{ profiles: string[] }>(place.clusters.core.fleets)) fleet.profiles.push('monitoring');
  const { findings } = readEstate(memorySource(filesOf(w)), { packaged: fixtureProfiles });
  expect(lines(findings)).toEqual([expect.stringMatching(/PROFILE_UNKNOWN.*"monitoring" \(6 fleets name it\)/)]);
});

test('an images lock that is missing is one finding for all regions', () => {
  expect(
    told(
      () => {},
      (files) => delete files['regions/images.lock.yaml'],
    ),
  ).toEqual([expect.stringMatching(/IMAGE_MISSING/)]);
});

test('a region under a wrong name is told of its name alone', () => {
  expect(
    told(
      () => {},
      (files) =>
        (files['regions/sa-east-1.yaml'] = files['regions/sa-east-1.yaml']!.replace('region: sa-east-1', 'region: sa-east-2')),
    ),
  ).toEqual([expect.stringMatching(/FILE_NAME region/)]);
});
