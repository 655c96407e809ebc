/** Every alarm that emitters make, from templates of estates that have all kinds of fleets and links. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitOut } from '../../lib/cli/emit-out';
import type { Region } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { planEstate } from '../../lib/plan/plan';
import { runbookPage } from '../../lib/plan/runbook-page';
import { collecting, elastic, withFrontEnds } from '../collection/estate';
import { ROOT } from '../root';

export interface EmittedAlarm {
  readonly name: string;
  /** Path of its page as its description ends with it; of an alarm that takes no description, by its name. */
  readonly page: string | undefined;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Names only somebody: alarms of Aliyun are made where a contact group is told. */
const told = (region: Region): Region => ({
  ...region,
  alarms: region.provider === 'aws' ? { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' } : { contactGroup: 'ops' },
  clusters: region.clusters.map((cluster) => ({
    ...cluster,
    fleets: cluster.fleets.map((fleet) => ({
      ...fleet,
      alarms: { ...fleet.alarms, recover: fleet.kind === 'members' && region.provider === 'aws' },
    })),
  })),
});

export function alarmsOfExamples(): EmittedAlarm[] {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-alarms-'));
  try {
    const examples = ['hybrid', 'aliyun'].map((name) => loadEstate(join(ROOT, 'test/estates', name)).estate!);
    const scaled = withFrontEnds(collecting(), 'sa-east-1', elastic);
    const shown = new Set(['us-east-1', 'sa-east-1', 'cn-beijing']);
    return [...examples, scaled].flatMap((estate, i) => {
      const all = { ...estate, regions: estate.regions.map(told) };
      const regions = all.regions.map(({ name }) => name).filter((name) => shown.has(name));
      const links = planEstate(all).links.map(({ path }) => path);
      const out = join(folder, String(i));
      emitOut(all, { regions, links: i === 2 ? [] : links, check: () => {} }, out);
      return templatesBelow(out).flatMap(alarmsOf);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function templatesBelow(folder: string): Readonly<Record<string, Resource>>[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map(
      (path) =>
        (JSON.parse(readFileSync(join(folder, path), 'utf8')) as { Resources?: Record<string, Resource> }).Resources ?? {},
    );
}

/** What tells somebody: who is told of a rule's events (`...Targets`) is part of the rule. */
function alarmsOf(resources: Readonly<Record<string, Resource>>): EmittedAlarm[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    const name = id.replace(/^M\d+/, '');
    if (Type === 'AWS::CloudWatch::Alarm') return [{ name, page: pageIn(Properties.AlarmDescription) }];
    if (!/^ALIYUN::CMS::(ResourceMetricRule|GroupMetricRule|EventRule|DynamicTagGroup)$/.test(Type)) return [];
    return [
      { name, page: Type.endsWith('Group') ? runbookPage(name) : pageIn(Properties.EmailSubject ?? Properties.Description) },
    ];
  });
}

function pageIn(text: unknown): string | undefined {
  return /(docs\/runbooks\/\w+\.md)$/.exec(String(text))?.[1];
}
