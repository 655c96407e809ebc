import { CLOUDS } from '../../../clouds/clouds';
import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { Estate, LeasedLineLink, Provider } from '../../model/model';
import { linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';
import { freeNetwork } from './link-remedies';

/** What a leased line is at either cloud. Source: "CreateTransitVirtualInterface"; "CreateVirtualBorderRouter" (PhysicalConnectionId, PeeringSubnetMask); "What is Express Connect?" (MTU). */
export const linesSuitTheirCloud: Rule = {
  code: 'LINE_CLOUD',
  title: 'A leased line is described as its cloud has it.',
  why: 'the cloud refuses anything else in the middle of a deploy, or drops packets that are too large without a word',
  check: (estate) =>
    linksIn(estate).flatMap((link): Problem[] => {
      if (link.kind !== 'leased-line' || link.edge === undefined) return [];
      return refusals(estate, link, link.edge.region.provider).map(({ key, ...told }) => ({ ...entryOf(link, key), ...told }));
    }),
};

function refusals(
  estate: Estate,
  { line, path }: LeasedLineLink,
  provider: Provider,
): ({ key: string; message: string } & Advice)[] {
  const { connectionId, name } = CLOUDS[provider];
  const at = (key: string) => [...path, key];
  const found: ReturnType<typeof refusals> = [];
  if (!connectionId.form.test(line.connection))
    found.push({
      key: 'connection',
      message: `${line.connection} is no connection of ${name}`,
      fix: `give the id of one: ${connectionId.words}`,
    });
  const { lineLimits: limits, lineEnd } = CLOUDS[provider];
  if (limits === undefined) return found;
  if (line.mtu !== limits.mtu)
    found.push({ key: 'mtu', message: `a ${lineEnd} takes packets of ${limits.mtu} bytes`, write: [set(at('mtu'), limits.mtu)] });
  if (line.vlan > limits.vlan)
    found.push({
      key: 'vlan',
      message: `a ${lineEnd} takes no VLAN over ${limits.vlan}`,
      write: [set(at('vlan'), freeVlan(estate, limits.vlan))],
      fix: `or another from 1 to ${limits.vlan} that the provider of the line agrees to`,
    });
  if (!limits.bits.includes(line.bits))
    found.push({
      key: 'network',
      message: `a ${lineEnd} takes no /${line.bits}`,
      write: [set(at('network'), freeNetwork(estate))],
    });
  if (line.allowedPrefixes !== undefined)
    found.push({
      key: 'allowedPrefixes',
      message: `a ${lineEnd} tells exactly what its transit router routes`,
      write: [remove(at('allowedPrefixes'))],
      fix: '`carries` says what the data centre reaches',
    });
  return found;
}

function freeVlan({ links, idcs }: Estate, most: number): number {
  const taken = new Set([
    ...links.map((link) => (link.kind === 'leased-line' ? link.line.vlan : 0)),
    ...idcs.flatMap(({ core, racks }) => [core?.vlan ?? 0, ...racks.map((rack) => rack.vlan)]),
  ]);
  let vlan = most;
  while (taken.has(vlan)) vlan--;
  return vlan;
}
