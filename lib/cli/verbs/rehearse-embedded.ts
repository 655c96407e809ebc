import { join, resolve } from 'node:path';
import { withFolderLock } from '../../disk/folder-lock';
import { claimFolder, emptyFolder } from '../../disk/owned-folder';
import { sweepParts } from '../../disk/write-files';
import { startEmbeddedCloud } from '../../embedded-cloud';
import { imageOf } from '../../estate/model/images';
import type { AliyunRegion, AwsRegion, Region } from '../../estate/model/model';
import { regionsOf } from '../../estate/regions-of';
import { planEstate } from '../../plan/plan';
import { planWords } from '../../review/plan-words';
import { findRegion, sayWarnings } from '../loading';
import { freeState, refusePlace } from '../out-path';
import { Refusal, type Verb } from '../verb';
import { EXIT } from '../words/output';
import { sayStanding, serve, standing } from '../words/rehearse-report';
import { lockOptions } from './apply';
import { deployTarget } from './deploy-target';
import { deployRehearsal } from './rehearse-deploy';

/**
 * `meissa rehearse <region...> --serve` (or `--state`, `--fresh`): validate, plan, then deploy against an embedded cloud on loopback, by the same code as `meissa deploy`, and
 * read back what stands there. Links whose regions are all named are deployed too, and both ends' routes are read back. Nothing leaves this
 * machine.
 */
export const rehearseEmbedded: Verb = async (context, args, options) => {
  const names = [...new Set((args[0] as string[] | undefined) ?? [])];
  const { output } = context;
  const target = deployTarget(context, names);
  const { estate, links } = target;
  const regions = names.map((name) => findRegion(estate, name));
  const [aws, aliyun] = [regionsOf({ regions }, 'aws'), regionsOf({ regions }, 'aliyun')];
  output.say(
    output.style(
      'bold',
      'Rehearsal: your deploy, as meissa deploy does it, on a cloud embedded in this process. No account, no credentials.',
    ),
  );
  output.say('Hosts are simulated: they boot at once, fetch nothing and signal that they are well.');
  sayWarnings(target.warnings, context);
  const plan = planEstate(estate, names);
  output.say('', 'The plan');
  for (const region of plan.regions) output.say(...planWords(region, { hosts: true }));

  const state = typeof options.state === 'string' ? resolve(options.state) : join(context.root, '.meissa', 'rehearsal');
  const folder = { path: state, kind: 'rehearsal' } as const;
  const free = `a folder that is empty or not there: --state ${freeState(context.root)}`;
  refusePlace(state, context.root, free);
  const accounts = { ...awsAccount(aws), ...aliyunAccount(aliyun) };
  claimFolder(folder, free);
  // Two clouds with one world would each save over the other's.
  return withFolderLock(state, lockOptions(context), async () => {
    if (options.fresh === true) emptyFolder(folder, free);
    sweepParts(join(state, 'world'));
    const images = Object.fromEntries(
      aws.flatMap((region) => {
        const id = imageOf(estate, region);
        return id === undefined ? [] : [[region.name, id]];
      }),
    );
    const cloud = await startEmbeddedCloud({
      ...accounts,
      images,
      stateDir: join(state, 'world'),
      log: (line) => output.say(line),
    });
    try {
      const before = JSON.stringify(standing(cloud, plan.regions));
      await deployRehearsal(context, target, { cloud, state });
      const changed = before !== JSON.stringify(standing(cloud, plan.regions));
      const whole = sayStanding(context, cloud, { estate, regions: plan.regions, links }, changed);
      if (options.serve === true) await serve(context, cloud, plan.regions, state);
      return whole ? EXIT.ok : EXIT.failed;
    } finally {
      await cloud.close();
    }
  });
};

function awsAccount(regions: readonly AwsRegion[]): { account?: string; partition?: 'aws' | 'aws-cn' } {
  const [first] = regions;
  if (first === undefined) return {};
  oneAccount(regions, (region) => region.aws.account);
  const { account, partition } = first.aws;
  if (partition === 'aws-us-gov')
    throw new Refusal('REHEARSAL_PARTITION', 'the embedded cloud has no GovCloud', 'rehearse a region of aws or aws-cn');
  return { account, partition };
}

function aliyunAccount(regions: readonly AliyunRegion[]): { aliyun?: { account: string } } {
  const [first] = regions;
  if (first === undefined) return {};
  oneAccount(regions, (region) => region.aliyun.account);
  return { aliyun: { account: first.aliyun.account } };
}

/** One embedded cloud is one account of each provider: regions of several accounts are rehearsed one call each. */
function oneAccount<R extends Region>(regions: readonly R[], accountOf: (region: R) => string): void {
  if (new Set(regions.map(accountOf)).size <= 1) return;
  throw new Refusal(
    'REHEARSAL_ONE_ACCOUNT',
    'these regions stand in several accounts',
    'rehearse the regions of one account at a time',
  );
}
