/** What the estate costs more or less a month: an estimate from dated list prices, by region and in all; currencies are never added. */
import type { EstatePlan, RegionPlan } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { amount, countWords, type Line, linesOf, sumOf } from './lines';
import { PRICE_LISTS, type PriceList } from './price-list';
import { type Thing, thingsOf } from './things';

/** A region's things by what becomes of them. */
interface Bill {
  readonly region: RegionPlan;
  readonly list: PriceList;
  readonly come: readonly Thing[];
  readonly go: readonly Thing[];
  /** They go from the description, and stand and cost until somebody destroys their stacks. */
  readonly undescribed: readonly Thing[];
  /** They go from the description, and are kept and paid. */
  readonly kept: readonly Thing[];
}

export function moneyThatChanges(before: EstatePlan, after: EstatePlan): Meaning[] {
  const names = [...new Set([...before.regions, ...after.regions].map(({ name }) => name))].sort();
  const bills = names.map((name) => billOf(before, after, name));
  const found = bills.flatMap((bill) => [...change(bill), ...undescribed(bill)]);
  return [...found, ...totals(before.estate, bills)];
}

function billOf(before: EstatePlan, after: EstatePlan, name: string): Bill {
  const [old, now] = [before, after].map(({ regions }) => regions.find((region) => region.name === name));
  const [had, has] = [old === undefined ? [] : thingsOf(before, old), now === undefined ? [] : thingsOf(after, now)];
  const knew = new Map(had.map((thing) => [thing.id, thing]));
  const have = new Map(has.map((thing) => [thing.id, thing]));
  const stacks = new Set(stackPaths(after));
  const same = (a: Thing | undefined, b: Thing) =>
    a !== undefined && a.noun === b.noun && a.count === b.count && a.price === b.price;
  const gone = had.filter((thing) => !same(have.get(thing.id), thing));
  return {
    region: (now ?? old)!,
    list: PRICE_LISTS[(now ?? old)!.provider],
    come: has.filter((thing) => !same(knew.get(thing.id), thing)),
    go: gone.filter(({ id, stack, retained }) => have.has(id) || (stacks.has(stack) && retained !== true)),
    undescribed: gone.filter(({ id, stack, retained }) => !have.has(id) && !stacks.has(stack) && retained !== true),
    kept: gone.filter(({ id, retained }) => !have.has(id) && retained === true),
  };
}

function stackPaths({ regions, links }: EstatePlan): string[] {
  return [
    ...regions.flatMap(({ name, stacks }) => stacks.map(({ id }) => `${name}/${id}`)),
    ...links.flatMap(({ path, stacks }) => stacks.map(({ id }) => `links/${path}/${id}`)),
  ];
}

function change({ region, list, come, go, kept }: Bill): Meaning[] {
  const lines = linesOf(come, go);
  if (lines.length === 0) return [];
  const what = `${aboutWords(sumOf(lines), list, lines)}: ${lines.map(countWords).join(', ')}`;
  return [meaning('cost', region.name, what, lines, list, keptWords(kept))];
}

function undescribed({ region, list, undescribed: gone, kept }: Bill): Meaning[] {
  const lines = linesOf([], gone);
  if (lines.length === 0) return [];
  const what = `${aboutWords(sumOf(lines), list, lines)}, once what is no longer described is destroyed by name: ${lines.map(countWords).join(', ')}`;
  return [meaning('cost-undescribed', region.name, what, lines, list, keptWords(kept))];
}

function keptWords(kept: readonly Thing[]): string[] {
  const lines = linesOf(kept, []);
  return lines.length === 0
    ? []
    : [`kept, and paid until somebody deletes them: ${lines.map((line) => countWords(line).slice(1)).join(', ')}`];
}

/** Where more than one region of a currency changes. */
function totals(estate: string, bills: readonly Bill[]): Meaning[] {
  return (['USD', 'CNY'] as const).flatMap((currency) => {
    const changed = bills.filter(({ list, come, go }) => list.currency === currency && come.length + go.length > 0);
    if (changed.length < 2) return [];
    const lines = linesOf(
      changed.flatMap(({ come }) => come),
      changed.flatMap(({ go }) => go),
    );
    const { list } = changed[0]!;
    return [
      meaning(
        'cost-total',
        estate,
        `${aboutWords(sumOf(lines), list, lines)} in all ${changed.length} regions that change: ${lines.map(countWords).join(', ')}`,
        lines,
        list,
      ),
    ];
  });
}

/** `about +123 USD a month`; without a price of anything only that none is known. */
function aboutWords(sum: number, { currency }: PriceList, lines: readonly Line[]): string {
  const unknown = lines.filter(({ price }) => price === undefined).map(({ noun }) => noun);
  if (unknown.length === lines.length) return `no price known of ${unknown.join(', ')}`;
  const but =
    unknown.length === 0 ? '' : ` and what ${unknown.join(', ')} cost${unknown.length === 1 ? 's' : ''} (no price known)`;
  return `about ${amount(sum)} ${currency} a month${but}`;
}

function meaning(
  kind: Meaning['kind'],
  stack: string,
  what: string,
  lines: readonly Line[],
  { currency, of }: PriceList,
  kept: readonly string[] = [],
): Meaning {
  const priced = lines.flatMap((line) =>
    line.price === undefined ? [] : [`${countWords(line)}: ${amount(line.price)} ${currency}`],
  );
  const estimate = `an estimate: list prices of ${of}, hosts of elastic fleets by their least number, without traffic, requests and discounts`;
  return { kind, severity: 'money', stack, what, hosts: [], details: [...priced, ...kept, estimate], explains: [] };
}
