import { cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { type Rule, wholeRegions } from '../rule';

/** Losing the zone of a NAT gateway cuts no other zone from the internet. Source: "NAT gateway basics" of AWS (resources in several zones that share one gateway); Aliyun, "Single-zone NAT Gateway" (others stand in two zones and take over by themselves). */
export const gatewaysSurviveAZone: Rule = {
  code: 'SINGLE_NAT',
  severity: 'warning',
  title: 'A region of several zones has a NAT gateway in each, where one stands in one zone.',
  why: 'when its zone is lost, hosts of the other zones no longer reach the internet, nor what they ask of the cloud through it',
  check: (estate) =>
    wholeRegions(estate)
      .filter((region) => cloudOf(region).natInZone && region.network.nat === 'single' && region.network.zones.length > 1)
      .map(({ file, name, network: { zones } }) => ({
        file,
        path: ['network', 'nat'],
        message: `hosts of all ${zones.length} zones of ${name} go through the NAT gateway of one`,
        write: [set(['network', 'nat'], 'per-zone')],
      })),
};
