import { cloudOf } from '../../../clouds/clouds';
import { HOST_NAME, STACK_NAME } from '../../../facts/aws/limits';
import { hostName } from '../../addresses/member-number';
import { hasGateway } from '../../model/line-gateways';
import type { Idc, Link } from '../../model/model';
import { entryOf } from '../links/link-entry';
import { type FleetPlace, fleets, type Problem, type Rule } from '../rule';

/** Names that people write, or that are made of them and used by people, fit where they are used. Source: RFC 1035 section 2.3.4; "CreateStack" (StackName); ECS, "CreateKeyPair". */
export const namesFit: Rule = {
  code: 'NAME_TOO_LONG',
  title: 'Names of hosts, stacks and key pairs are as long as they may be.',
  why: 'the cloud or the host refuses longer names in the middle of a deploy, and people look for a host by its whole name',
  check: (estate) => [
    ...estate.links.flatMap(linkStacks),
    ...fleets(estate).flatMap((place) => [...hosts(place), ...keyPair(place)]),
    ...estate.idcs.flatMap(rackHosts),
  ],
};

function hosts({ region, cluster, fleet, path }: FleetPlace): Problem[] {
  const host = hostName(region.name, cluster.name, fleet.name, fleet.kind === 'members' ? fleet.count : 1);
  return tooLong({ file: region.file, path }, host, 'the cluster and the fleet');
}

function rackHosts({ name, file, racks }: Idc): Problem[] {
  return racks.flatMap((rack) => {
    const last = Math.max(1, ...rack.hosts.map(({ number }) => number));
    return tooLong({ file, path: ['racks', rack.name] }, `${name}-${rack.name}-${last}`, 'the data centre and the rack');
  });
}

function tooLong(place: Pick<Problem, 'file' | 'path'>, host: string, what: string): Problem[] {
  const limit = Math.min(HOST_NAME, STACK_NAME);
  if (host.length <= limit) return [];
  return [
    {
      ...place,
      message: `hosts such as ${host} would have names of ${host.length} characters, over ${limit}`,
      fix: `shorten the names of ${what} by ${host.length - limit} characters`,
    },
  ];
}

function keyPair({ region, fleet, path }: FleetPlace): Problem[] {
  const { keyPair: rule, name } = cloudOf(region);
  if (fleet.keyName === undefined || rule.form.test(fleet.keyName)) return [];
  return [
    {
      file: region.file,
      path: [...path, 'keyName'],
      message: `"${fleet.keyName}" is no name of a key pair of ${name}`,
      fix: `give the name of one: ${rule.words}`,
    },
  ];
}

/** The longest stack of a link: `links-<a>--<b>-<id>`. */
function linkStacks(link: Link): Problem[] {
  const id = hasGateway(link) ? `line-${link.group}` : link.kind === 'vpn' ? `vpn-${link.group}` : 'routes-a';
  const name = `links-${link.a.place}--${link.b.place}-${id}`;
  if (name.length <= STACK_NAME) return [];
  return [
    {
      ...entryOf(link),
      message: `the stack ${name} would have ${name.length} characters of ${STACK_NAME}`,
      fix: `shorten the names of the data centre and the entry by ${name.length - STACK_NAME} characters`,
    },
  ];
}
