import { type Remedy, remove, set } from '../../findings/remedy';
import { isRegion } from '../../model/links';
import type { Estate } from '../../model/model';
import type { Rule, RuleContext } from '../rule';
import { called, entryOf, type JoinedLink, joinedLinks } from './link-entry';
import { withoutPair } from './link-remedies';

/** What each kind of link can join. Source: "VPC peering basics"; "Transit gateway peering attachments"; "Direct Connect gateway associations". */
export const linksSuitTheirEnds: Rule = {
  code: 'LINK_ENDS',
  title:
    'Peering joins two regions; a leased line, an association and a VPN join a data centre and a region; transit joins regions, or goes through one.',
  why: 'a gateway of the cloud stands at the region, and a data centre has only routers',
  check: (estate, context) =>
    joinedLinks(estate).flatMap((link) => {
      const wrong = wrongEnds(link);
      return wrong === undefined ? [] : [{ ...entryOf(link), ...wrong, write: [otherwise(estate, context, link)] }];
    }),
};

function wrongEnds(link: JoinedLink): { message: string; fix: string } | undefined {
  const [a, b] = [link.a.at, link.b.at];
  const regions = [a, b].filter(isRegion);
  const ends = `${called(a)} and ${called(b)}`;
  switch (link.kind) {
    case 'leased-line':
    case 'association':
    case 'vpn':
      if (regions.length === 1) return undefined;
      return {
        message: `${link.kind === 'association' ? 'an' : 'a'} ${link.kind} can't join ${ends}`,
        fix: regions.length === 2 ? 'two regions are joined by transit or peering' : 'each may be joined with a region',
      };
    case 'peering':
      if (regions.length === 2) return undefined;
      return {
        message: `peering can't join ${ends}: it joins two VPCs`,
        fix:
          regions.length === 1
            ? 'a leased line or VPN joins a data centre with a region'
            : 'each may be joined with a region by a leased line or VPN',
      };
    case 'transit':
      if (regions.length === 2 || (regions.length === 1 && link.through !== undefined)) return undefined;
      return {
        message: `transit can't join ${ends}${link.through === undefined ? ' without a line' : ` through ${link.through}`}`,
        fix:
          regions.length === 1
            ? 'a leased line or VPN joins a data centre with a region, and `through:` names a region that has one'
            : 'packets between data centres go over lines of their own, which this estate does not describe',
      };
  }
}

/** Two regions of a cloud are peers; whatever else can't be joined so is left out. */
function otherwise(estate: Estate, context: RuleContext, link: JoinedLink): Remedy {
  const [a, b] = [link.a.at, link.b.at];
  if (link.kind === 'peering' || link.kind === 'transit') return withoutPair(estate, context, link);
  const alike = isRegion(a) && isRegion(b) && a.provider === b.provider;
  return alike ? set(link.path, { kind: 'peering', between: [a.name, b.name], carries: ['hosts'] }) : remove(link.path);
}
