/**
 * A host that says nothing, from its first boot on, is told of to somebody: by the templates of each cloud and kind of fleet, by the targets of racks, or
 * `meissa validate` has said that nobody is.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitOut } from '../../lib/cli/emit-out';
import { targetsOf } from '../../lib/collection/watching/targets';
import type { Fleet, Region } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { planEstate } from '../../lib/plan/plan';
import type { Anything } from '../estate/written';
import { ROOT } from '../root';

const TOPIC = 'arn:aws:sns:us-east-1:111111111111:ops';
const told = (region: Region): Region => ({
  ...region,
  alarms: region.provider === 'aws' ? { topicArn: TOPIC } : { contactGroup: 'ops' },
});

interface Resource {
  readonly Type: string;
  readonly Properties: Anything;
}

/** Whether an alarm tells its people of a member from which nothing has ever come. */
function tellsOfSilentMember({ Type, Properties: of }: Resource): boolean {
  if (Type === 'AWS::CloudWatch::Alarm') return of.TreatMissingData === 'breaching' && of.AlarmActions[0] === TOPIC;
  return of.NoDataPolicy === 'INSUFFICIENT_DATA' && of.ContactGroups[0] === 'ops' && of.Escalations.Critical.Threshold === '1';
}

/** Of an elastic fleet: on AWS of one silent host among others that are well; on Aliyun another host's 0 tells of it (meissa-report.test.ts), or that all are silent. */
function tellsOfSilentFleet({ Type, Properties: of }: Resource): boolean {
  if (Type !== 'AWS::CloudWatch::Alarm')
    return (
      of.NoDataPolicy === 'INSUFFICIENT_DATA' && of.ContactGroups[0] === 'ops' && of.Escalations.Critical.Statistics === 'Minimum'
    );
  return of.AlarmActions[0] === TOPIC && of.Threshold === 1 && of.Metrics[0].Expression === 'service - FILL(well, 0)';
}

const folder = mkdtempSync(join(tmpdir(), 'meissa-silent-'));
afterAll(() => rmSync(folder, { recursive: true }));

const examples = ['', ...readdirSync(join(ROOT, 'test/estates')).map((name) => `test/estates/${name}`)];
const loaded = examples.map((name) => ({ name: name || 'the example', ...loadEstate(join(ROOT, name)) }));

/** Resources of all templates that are written for a fleet: those of members by their alarms' names, which stand in one template alone. */
function alarmsOf(out: string): Map<string, Resource> {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const found = new Map<string, Resource>();
  for (const file of files) {
    const { Resources = {} } = JSON.parse(readFileSync(join(out, file), 'utf8')) as { Resources?: Record<string, Resource> };
    for (const resource of Object.values(Resources)) {
      const name = resource.Properties?.AlarmName ?? resource.Properties?.RuleName;
      if (typeof name === 'string') found.set(name, resource);
    }
  }
  return found;
}

test.each(loaded)('each host of $name that says nothing is told of, of each kind of fleet', ({ name, estate }) => {
  // One of AWS has all kinds of fleets.
  const shown = estate!.regions.filter((region) => region.provider === 'aliyun' || region.name === 'sa-east-1');
  const all = { ...estate!, regions: estate!.regions.map(told) };
  const out = join(folder, name.replaceAll('/', '-'));
  const names = shown.map((region) => region.name);
  if (names.length > 0) emitOut(all, { regions: names, links: [], check: () => {} }, out);
  const alarms = names.length > 0 ? alarmsOf(out) : new Map<string, Resource>();
  const { regions, idcs } = planEstate(all);
  const hushed: string[] = [];
  let seen = 0;
  for (const { fleets } of regions.filter((region) => names.includes(region.name)))
    for (const fleet of fleets) {
      const members = fleet.kind === 'members' ? fleet.members.filter(({ absent }) => !absent).map((member) => member.name) : [];
      const tells = fleet.kind === 'members' ? tellsOfSilentMember : tellsOfSilentFleet;
      for (const host of fleet.kind === 'members' ? members : [fleet.context.fleet.hostPrefix]) {
        const alarm = alarms.get(`${host}-unwell`);
        if (alarm === undefined || !tells(alarm)) hushed.push(host);
        seen++;
      }
    }
  expect(hushed).toEqual([]);
  expect(seen > 0).toBe(names.length > 0);
  const racks = targetsOf({ regions: [], idcs }).filter(({ labels }) => labels.job === 'host');
  const hosts = idcs.flatMap((idc) => idc.hosts.map(({ address }) => `${address.split('/')[0]}:9408`));
  expect(racks.flatMap(({ targets }) => targets).sort()).toEqual(hosts.sort());
});

test.each(loaded)('where $name tells nobody, that is found', ({ estate, findings }) => {
  const untold = estate!.regions.filter(
    (region) =>
      region.alarms === undefined &&
      region.clusters.some(({ fleets }) => fleets.some((fleet: Fleet) => fleet.alarms === undefined)),
  );
  const found = new Set(findings.filter(({ code }) => code === 'HOST_ALARMS').map(({ file }) => file));
  for (const { name } of untold)
    expect([...found].some((file) => file?.includes(name)) ? name : `${name}: ${[...found]}`).toBe(name);
});
