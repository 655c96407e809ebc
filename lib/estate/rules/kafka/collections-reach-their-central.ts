import { type Cidr, containsCidr } from '../../addresses/cidr';
import { memberAddress, memberNumbers } from '../../addresses/member-number';
import { set } from '../../findings/remedy';
import { endAt } from '../../model/links';
import type { Cluster, Estate, Region } from '../../model/model';
import { linksBetween, type ResolvedEnd } from '../../model/resolved-links';
import { ESTATE_PATH, type Problem, type Rule } from '../rule';
import { type CollectionPlace, collections, fleetNamed, isCarried } from './collections';

/** A link carries brokers of the region and mirrors of the central one to each other. Source: the design of this toolkit; docs/links.md. */
export const collectionsReachTheirCentral: Rule = {
  code: 'KAFKA_UNREACHABLE',
  title: 'The mirrors of the central region and the brokers whose topics they carry reach each other over a link.',
  why: 'without a link that carries these hosts nothing of the region arrives, and its brokers delete it in the end',
  check: (estate) =>
    collections(estate)
      .filter(isCarried)
      .flatMap((place) => unreachable(estate, place)),
};

function unreachable(estate: Estate, { region, cluster, kafka, path }: CollectionPlace): Problem[] {
  const central = collections(estate).find((other) => other.region.name === kafka.into);
  if (central?.kafka.mirrors === undefined) return [];
  const into = central.region;
  const links = linksBetween(estate, region.name, into.name);
  const brokers = hosts(region, cluster, kafka.brokers);
  const mirrors = hosts(into, central.cluster, central.kafka.mirrors);
  const carries = links.some((link) => covers(endAt(link, region.name), brokers) && covers(endAt(link, into.name), mirrors));
  if (carries) return [];
  const at = { file: region.file, path: [...path, 'into'] };
  if (links.length > 0)
    return [
      {
        ...at,
        message: `no link between ${region.name} and ${into.name} carries the brokers of the one and the mirrors of the other`,
        write: [set([...links[0]!.path, 'carries'], ['hosts'], ESTATE_PATH)],
        fix: "containers alone don't help",
        also: links.map((link) => estate.locate(ESTATE_PATH, link.path)),
      },
    ];
  const kind = region.provider === into.provider ? 'peering' : 'transit';
  return [
    {
      ...at,
      message: `there is no link between ${region.name} and ${into.name}`,
      ...(kind === 'peering'
        ? {
            write: [
              set(
                ['links', freeName(estate)],
                { kind: 'peering', between: [region.name, into.name], carries: ['hosts'] },
                ESTATE_PATH,
              ),
              set([...path, 'into'], region.name),
            ],
            fix: 'the second carries nothing',
          }
        : {
            write: [set([...path, 'into'], region.name)],
            fix: `to carry nothing: the clouds of ${region.name} and ${into.name} have no link of their own, a region of the same cloud has`,
          }),
    },
  ];
}

/** Addresses that take part: those of a members fleet, else the region's block. */
function hosts(region: Region, cluster: Cluster, name: string): Cidr[] {
  const fleet = fleetNamed(cluster, name);
  if (fleet?.kind !== 'members') return [region.block];
  return memberNumbers(fleet).map((n) => ({ base: memberAddress(region, fleet, n), bits: 32 }) as Cidr);
}

function covers({ ranges }: ResolvedEnd, addresses: readonly Cidr[]): boolean {
  const given = ranges.filter(({ kind }) => kind === 'hosts');
  return addresses.every((address) => given.some(({ cidr }) => containsCidr(cidr, address)));
}

/** A name that no link has. */
function freeName({ links }: Estate): string {
  const taken = new Set(links.map(({ group }) => group));
  return ['collection', ...Array.from({ length: taken.size + 1 }, (_, i) => `collection-${i + 2}`)].find(
    (name) => !taken.has(name),
  )!;
}
