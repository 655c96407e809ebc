import { CLOUDS } from '../../../clouds/clouds';
import { BORDER_MTU, BORDER_NETWORK_BITS, MOST_BORDER_VLAN } from '../../../facts/aliyun/limits';
import { idcEnds } from '../../links';
import type { LeasedLineLink, Provider } from '../../model';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** What a leased line is at either cloud. Source: "CreateTransitVirtualInterface"; "CreateVirtualBorderRouter" (PhysicalConnectionId, PeeringSubnetMask); "What is Express Connect?" (MTU). */
export const linesSuitTheirCloud: Rule = {
  code: 'LINE_CLOUD',
  title: 'A leased line is described as its cloud has it.',
  why: 'the cloud refuses anything else in the middle of a deploy, or drops packets that are too large without a word',
  check: (estate) =>
    estate.links.flatMap((link): Problem[] => {
      const region = link.kind === 'leased-line' ? idcEnds(estate, link)?.region : undefined;
      if (link.kind !== 'leased-line' || region === undefined) return [];
      return refusals(link, region.provider).map(({ key, message, fix }) => ({ ...entryOf(link, key), message, fix }));
    }),
};

function refusals({ line }: LeasedLineLink, provider: Provider): { key: string; message: string; fix: string }[] {
  const prefix = CLOUDS[provider].connectionPrefix;
  const found = [];
  if (!line.connection.startsWith(prefix))
    found.push({
      key: 'connection',
      message: `${line.connection} is no connection of ${provider}`,
      fix: `write the id of one, ${prefix}...`,
    });
  if (provider === 'aws') return found;
  if (line.mtu !== BORDER_MTU)
    found.push({
      key: 'mtu',
      message: `a virtual border router takes packets of ${BORDER_MTU} bytes`,
      fix: `write \`mtu: ${BORDER_MTU}\``,
    });
  if (line.vlan > MOST_BORDER_VLAN)
    found.push({
      key: 'vlan',
      message: `a virtual border router takes no VLAN over ${MOST_BORDER_VLAN}`,
      fix: `agree with the provider on one from 1 to ${MOST_BORDER_VLAN}`,
    });
  if (!BORDER_NETWORK_BITS.includes(line.bits))
    found.push({ key: 'network', message: `a virtual border router takes no /${line.bits}`, fix: 'write a /30' });
  if (line.allowedPrefixes !== undefined)
    found.push({
      key: 'allowedPrefixes',
      message: 'a virtual border router tells exactly what its transit router routes',
      fix: 'leave it out, and say in `carries` what the data centre reaches',
    });
  return found;
}
