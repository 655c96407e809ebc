import type { Rule } from '../rule';
import { entryOf } from './link-entry';
import { anotherVpn, waysOut } from './ways-out';

/** A data centre reaches a region by more than one line. Source: AWS Direct Connect Resiliency Recommendations ("AWS Managed VPN connections as a backup"). */
export const linesHaveAFallback: Rule = {
  code: 'SINGLE_LINE',
  severity: 'warning',
  title: 'A data centre reaches each region that its lines lead to by a second line or a VPN.',
  why: 'a line is one cable, one port and one provider: while it is down the data centre and everything behind that region are apart',
  check: (estate, context) =>
    waysOut(estate).flatMap((ways) => {
      const [link] = ways.links;
      if (ways.links.length > 1 || link?.kind !== 'leased-line') return [];
      const { idc, region, at } = ways;
      const vpn = anotherVpn(estate, context, ways);
      return [
        {
          ...entryOf(at),
          message: `the leased line ${link.group} is all that joins ${idc.name} with ${region.name}`,
          ...(vpn === undefined
            ? { fix: `a VPN (\`kind: vpn\`) or a second line that ends at another router than ${link.line.router} takes over` }
            : { write: [vpn], fix: 'a second line does as well' }),
        },
      ];
    }),
};
