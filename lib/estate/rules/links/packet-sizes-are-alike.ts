import { endAt } from '../../model/links';
import { linksOf } from '../../model/resolved-links';
import type { Rule } from '../rule';
import { lineOf } from './link-entry';

/** Containers have one MTU, the least of the links that carry them. Source: "Transit gateway quotas" (MTU). */
export const packetSizesAreAlike: Rule = {
  code: 'LINK_MTU',
  severity: 'warning',
  title: 'The links that carry the containers of a place take packets of one size.',
  why: 'larger packets are dropped, by lines, VPNs and peerings without a word to who sent them, so the containers of a place use the least size for every link',
  check: (estate) =>
    [...estate.regions, ...estate.idcs].flatMap((place) => {
      const carrying = linksOf(estate, place).filter((link) => endAt(link, place.name).containers.length > 0);
      const least = Math.min(...carrying.map((link) => link.mtu));
      if (carrying.every((link) => link.mtu === least)) return [];
      return [
        {
          file: place.file,
          path: ['containers'],
          message: `links take packets of different sizes: ${words(carrying.map(({ id, mtu }) => `${id} ${mtu}`))}; containers of ${place.name} use ${least} bytes for all`,
          fix: `leased lines that take jumbo frames have \`mtu: 8500\`; where it stays so, every packet of ${least} bytes arrives`,
          also: carrying.slice(0, MOST).map((link) => lineOf(estate, link)),
        },
      ];
    }),
};

/** Links that a finding names; a mesh has hundreds. */
const MOST = 12;

function words(all: readonly string[]): string {
  return all.length > MOST ? `${all.slice(0, MOST).join(', ')} and ${all.length - MOST} more` : all.join(', ');
}
