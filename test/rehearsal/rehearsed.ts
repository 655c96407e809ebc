/** Estates of tests as a rehearsal takes them: emitted as `meissa deploy` does, in memory, to be changed and rehearsed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitOut } from '../../lib/cli/emit-out';
import { idcFiles } from '../../lib/cli/idc-out';
import { stacksOfRosAssembly } from '../../lib/deploy/aliyun/assembly';
import { stacksOfCloudAssembly } from '../../lib/deploy/aws/assembly';
import type { Estate } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { type EstateSource, memorySource } from '../../lib/estate/read/source';
import type { EstatePlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { fleetFacts, type LedgerFacts } from '../../lib/rehearsal/ledger/facts';
import { timelineOf } from '../../lib/rehearsal/ledger/ledger';
import type { Loss, Timeline } from '../../lib/rehearsal/model';
import { type Rehearsal, type RehearsalInput, rehearseDeploy } from '../../lib/rehearsal/rehearse';
import type { RehearsedStack } from '../../lib/rehearsal/stack';
import { type Anything, fixtureProfiles } from '../estate/written';

export interface Side {
  readonly stacks: readonly RehearsedStack[];
  readonly plan: EstatePlan;
  readonly idc: EstateSource;
}

export function sideOf(estate: Estate): Side {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-rehearsed-'));
  try {
    const plan = planEstate(estate);
    const links = [...new Set(plan.links.map(({ path }) => path))];
    const { aws, aliyun } = emitOut(estate, { regions: plan.regions.map(({ name }) => name), links }, folder);
    const planned = new Map<string, Pick<RehearsedStack, 'region' | 'dependsOn' | 'changesAfter'>>([
      ...plan.regions.flatMap(({ name: region, stacks }) =>
        stacks.map(({ id, ...order }) => {
          const [dependsOn, changesAfter] = [order.dependsOn, order.changesAfter].map((ids) =>
            ids.map((one) => `${region}/${one}`),
          );
          return [`${region}/${id}`, { region, dependsOn: dependsOn!, changesAfter: changesAfter! }] as const;
        }),
      ),
      ...plan.links.flatMap(({ path, stacks }) =>
        stacks.map(({ id, region, dependsOn }) => [`links/${path}/${id}`, { region, dependsOn }] as const),
      ),
    ]);
    const stacks = [
      ...(aws === undefined ? [] : stacksOfCloudAssembly(aws, (path) => planned.get(path)!)),
      ...(aliyun === undefined ? [] : stacksOfRosAssembly(aliyun, () => undefined)),
    ].map((stack) => ({
      ...stack,
      body: readFileSync(stack.template, 'utf8'),
      account: stack.provider === 'aws' ? '111111111111' : '1234567890123456',
      ...(stack.policy === undefined ? {} : { policyBody: readFileSync(stack.policy, 'utf8') }),
      configurations: new Map(
        (stack.ros?.configurations ?? []).map((one) => [one.fleet, readFileSync(join(stack.template, '..', one.file), 'utf8')]),
      ),
    }));
    const files = Object.fromEntries([...idcFiles(estate)].map(([path, text]) => [`idc.out/${path}`, text]));
    return { stacks, plan, idc: memorySource(files) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param files by path, with its locks */
export function sideOfFiles(files: Record<string, string>): Side {
  const { estate, findings } = readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  return sideOf(estate);
}

/** With one template changed as an emitter's mistake would. @param path construct path of its stack */
export function mutated(side: Side, path: string, change: (template: Anything) => void): Side {
  if (!side.stacks.some((stack) => stack.path === path)) throw new Error(`no stack ${path}`);
  return {
    ...side,
    stacks: side.stacks.map((stack) => {
      if (stack.path !== path) return stack;
      const template = JSON.parse(stack.body);
      change(template);
      return { ...stack, body: JSON.stringify(template) };
    }),
  };
}

export interface Rehearsed {
  readonly rehearsal: Rehearsal;
  readonly facts: LedgerFacts;
  readonly timeline: Timeline;
  /** `CODE` and severity of each loss. */
  readonly codes: readonly string[];
  loss(code: string): Loss;
}

export async function rehearsed(before: Side, after: Side, more: Partial<RehearsalInput> = {}): Promise<Rehearsed> {
  const rehearsal = await rehearseDeploy({ before: before.stacks, after: after.stacks, ...more });
  const facts = {
    before: before.stacks,
    after: after.stacks,
    fleets: fleetFacts(after.plan, before.plan),
    idc: { before: before.idc, after: after.idc },
  };
  const timeline = timelineOf(rehearsal, facts);
  return {
    rehearsal,
    facts,
    timeline,
    codes: timeline.losses.map(({ code, severity }) => `${severity} ${code}`),
    loss: (code) => {
      const found = timeline.losses.find((loss) => loss.code === code);
      if (found === undefined) throw new Error(`no ${code}; there are ${timeline.losses.map(({ name }) => name).join(', ')}`);
      return found;
    },
  };
}
