import { CLOUDS } from '../../../clouds/clouds';
import type { LeasedLineLink, Provider } from '../../model/model';
import { linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** What a leased line is at either cloud. Source: "CreateTransitVirtualInterface"; "CreateVirtualBorderRouter" (PhysicalConnectionId, PeeringSubnetMask); "What is Express Connect?" (MTU). */
export const linesSuitTheirCloud: Rule = {
  code: 'LINE_CLOUD',
  title: 'A leased line is described as its cloud has it.',
  why: 'the cloud refuses anything else in the middle of a deploy, or drops packets that are too large without a word',
  check: (estate) =>
    linksIn(estate).flatMap((link): Problem[] => {
      if (link.kind !== 'leased-line' || link.edge === undefined) return [];
      return refusals(link, link.edge.region.provider).map(({ key, message, fix }) => ({ ...entryOf(link, key), message, fix }));
    }),
};

function refusals({ line }: LeasedLineLink, provider: Provider): { key: string; message: string; fix: string }[] {
  const { connectionId, name } = CLOUDS[provider];
  const found = [];
  if (!connectionId.form.test(line.connection))
    found.push({
      key: 'connection',
      message: `${line.connection} is no connection of ${name}`,
      fix: `write the id of one: ${connectionId.words}`,
    });
  const { lineLimits: limits, lineEnd } = CLOUDS[provider];
  if (limits === undefined) return found;
  if (line.mtu !== limits.mtu)
    found.push({ key: 'mtu', message: `a ${lineEnd} takes packets of ${limits.mtu} bytes`, fix: `write \`mtu: ${limits.mtu}\`` });
  if (line.vlan > limits.vlan)
    found.push({
      key: 'vlan',
      message: `a ${lineEnd} takes no VLAN over ${limits.vlan}`,
      fix: `agree with the provider on one from 1 to ${limits.vlan}`,
    });
  if (!limits.bits.includes(line.bits))
    found.push({ key: 'network', message: `a ${lineEnd} takes no /${line.bits}`, fix: 'write a /30' });
  if (line.allowedPrefixes !== undefined)
    found.push({
      key: 'allowedPrefixes',
      message: `a ${lineEnd} tells exactly what its transit router routes`,
      fix: 'leave it out, and say in `carries` what the data centre reaches',
    });
  return found;
}
