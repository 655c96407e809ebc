/** A plan as a page of text: regions, links, data centres, and the order to deploy them in. */
import { CLOUDS, cloudOf } from '../clouds/clouds';
import type { EstatePlan } from '../plan/model';
import { deployOrder } from '../plan/order';
import { idcWords } from './idc-words';
import { linkWords } from './link-words';
import { type PlanWordsOptions, planWords } from './plan-words';

export interface PlanTextOptions extends PlanWordsOptions {
  /** The whole estate; otherwise only the data centres that a link of the plan ends at. */
  readonly all: boolean;
}

/** Line by line: a line break inside of one is a value's. */
export function planLines(plan: EstatePlan, options: PlanTextOptions): string[] {
  const ends = new Set(plan.links.flatMap((link) => [link.a.place, link.b.place]));
  return [
    ...plan.regions.map((region) => planWords(region, options)),
    ...plan.links.map(linkWords),
    ...plan.idcs.filter((idc) => options.all || ends.has(idc.name)).map((idc) => idcWords(idc, options)),
    ...(plan.links.length === 0 ? [] : [orderWords(plan)]),
  ].flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

/** A region alone needs no order: its own stacks are in order in themselves. */
function orderWords(plan: EstatePlan): string[] {
  return [
    'to deploy by hand, in this order (the selectors of a line may go side by side):',
    ...deployOrder(plan).flatMap(({ patterns, needs, why }, i) => [
      `  ${i + 1}. ${commands(plan, patterns).join('; ')}  (${why})`,
      ...(needs.length === 0 ? [] : [`     after ${needs.join(', ')}`]),
    ]),
  ];
}

/** Stacks that the CDK CLI deploys by its selectors, the others by name. */
function commands(plan: EstatePlan, patterns: readonly string[]): string[] {
  const ours = new Set([
    ...plan.regions.filter((region) => !cloudOf(region).cdk).map((region) => `${region.name}/*`),
    ...plan.links.filter((link) => !CLOUDS[link.cloud].cdk).map((link) => `links/${link.path}/*`),
  ]);
  const names = patterns.filter((pattern) => ours.has(pattern)).map((pattern) => pattern.slice(0, -'/*'.length));
  const links = names.flatMap((name) => (name.startsWith('links/') ? name.slice('links/'.length) : []));
  const regions = names.filter((name) => !name.startsWith('links/'));
  const selectors = patterns.filter((pattern) => !ours.has(pattern)).map((pattern) => `'${pattern}'`);
  return [
    ...(selectors.length === 0 ? [] : [`cdk deploy ${selectors.join(' ')}`]),
    ...(regions.length === 0 ? [] : [`meissa deploy ${regions.join(' ')}`]),
    ...(links.length === 0 ? [] : [`meissa deploy --links ${links.join(' ')}`]),
  ];
}
