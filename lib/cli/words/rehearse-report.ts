/** What a rehearsal says when it has deployed, and what another terminal needs to go on. */

import { join } from 'node:path';
import { CLOUDS } from '../../clouds/clouds';
import type { EmbeddedCloud } from '../../embedded-cloud';
import type { Estate } from '../../estate/model/model';
import type { LinkEndPlan, LinkPlan, RegionPlan } from '../../plan/model';
import { type LinkedInventory, linkedWorld, standsWhole } from '../linked-world';
import type { VerbContext } from '../verb';
import { count, shown } from './output';
import { STANDING } from './standing';
import { linkWords } from './world-words';

/** What was rehearsed. */
export interface Rehearsed {
  readonly estate: Estate;
  readonly regions: readonly RegionPlan[];
  readonly links: readonly LinkPlan[];
}

/** What stands of the regions, for a program. */
export function standing(cloud: EmbeddedCloud, regions: readonly RegionPlan[]) {
  return regions.map((region) => ({
    region: region.name,
    provider: region.provider,
    ...STANDING[region.provider].inventory(cloud, region),
  }));
}

/** Says what stands; whether the links stand as they were planned. */
export function sayStanding(
  context: VerbContext,
  cloud: EmbeddedCloud,
  { estate, regions, links: plans }: Rehearsed,
  changed: boolean,
): boolean {
  const { output } = context;
  const links = plans.map((link) => linkedWorld(link, inventories(cloud, link)));
  const broken = links.filter((link) => !standsWhole(link));
  if (context.json)
    output.json({ version: 1, changed, regions: standing(cloud, regions), ...(links.length === 0 ? {} : { links }) });
  if (cloud.confinement !== undefined) output.say('', `While deploying, ${cloud.confinement}.`);
  output.say('', `What stands in the embedded cloud`);
  for (const region of regions) output.say(...STANDING[region.provider].words(cloud, region));
  if (links.length > 0) output.say('', 'Links, both ends');
  for (const link of links) output.say(...linkWords(link));
  const what = [count(regions.length, 'region'), ...(links.length === 0 ? [] : [count(links.length, 'link')])].join(' and ');
  output.say('', changed ? `${what} of ${estate.name} deployed (rehearsal).` : 'no changes');
  if (broken.length > 0)
    output.say(
      output.style(
        'red',
        `not as planned: ${broken.map((link) => `${link.path} (${link.kind})`).join(', ')}; read its lines above`,
      ),
    );
  const [first] = regions;
  const verbs = regions.some(({ provider }) => !CLOUDS[provider].cdk) ? 'meissa diff, deploy, drift' : 'cdk diff, drift, destroy';
  output.say(
    '',
    'Where to look next',
    `  meissa plan ${first?.name} --hosts               what the estate comes to`,
    `  meissa user-data ${first?.name}/core/voters      what a host gets`,
    `  edit regions/${first?.name}.yaml and run this again: only what changed is touched`,
    `  meissa rehearse ${first?.name} --serve            keep the cloud up, for ${verbs} in another terminal`,
    '  README.md, docs/                             a region in ten minutes',
  );
  return broken.length === 0;
}

function inventories(cloud: EmbeddedCloud, { cloud: provider }: LinkPlan): (end: LinkEndPlan) => LinkedInventory {
  // Only ends that are regions are read.
  return ({ cloudRegion }) => STANDING[provider].linked(cloud, { cloudRegion: cloudRegion! });
}

/** Keeps the cloud up until Ctrl-C, and says what another terminal needs to reach it. */
export async function serve(
  { output }: VerbContext,
  cloud: EmbeddedCloud,
  regions: readonly RegionPlan[],
  state: string,
): Promise<void> {
  const aws = regions.find(({ provider }) => provider === 'aws');
  const aliyun = regions.find(({ provider }) => provider === 'aliyun');
  const env: Record<string, string> = {
    ...(aws === undefined
      ? {}
      : { ...cloud.env(aws.cloudRegion), CDK_HOME: join(state, 'cdk-home'), CDK_DISABLE_CLI_TELEMETRY: 'true' }),
    ...(aliyun === undefined ? {} : cloud.aliyun.env(aliyun.cloudRegion)),
  };
  output.say('', `The embedded cloud answers at ${cloud.url} until Ctrl-C. In another terminal:`, '');
  // A token of the user's own would be sent along with the embedded cloud's key, which has none.
  if (aliyun !== undefined) output.say('unset ALIBABA_CLOUD_SECURITY_TOKEN ALIBABACLOUD_SECURITY_TOKEN ALICLOUD_SECURITY_TOKEN');
  for (const [name, value] of Object.entries(env)) output.say(shown(`export ${name}='${value}'`));
  if (aws !== undefined) output.say(`npx cdk diff '${aws.name}/*'`);
  if (aliyun !== undefined) output.say(`npx meissa diff ${aliyun.name}`);
  const { url, key } = cloud.incidents;
  output.say('', 'It can be told what goes wrong (docs/rehearsal.md lists what, and so does this without -d):');
  output.say(shown(`export MEISSA_INCIDENTS='${url}' MEISSA_INCIDENTS_KEY='${key}'`));
  output.say(
    shown(
      `curl -sS -H "x-meissa-key: $MEISSA_INCIDENTS_KEY" "$MEISSA_INCIDENTS" -d '{"incident": "host-sick", "region": "${regions[0]?.cloudRegion}", "host": "<host>"}'`,
    ),
  );
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
