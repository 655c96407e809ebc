/** What holds for every Aliyun estate, as it is emitted and with parts of it missing. */
import fc from 'fast-check';
import type { Estate } from '../../lib/estate/model/model';
import { send } from '../../lib/reach/answer';
import { type Endpoint, ofInterface } from '../../lib/reach/endpoint';
import { topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN } from '../../lib/reach/without';
import type { World } from '../../lib/reach/world';
import { inlandEstates } from '../aliyun/links/arbitrary-inland';
import { runs } from '../runs';
import { type Emitted, emitEstate } from './emitted';
import { arriving, endpoints, expectWholeAnswers } from './pairs';

jest.setTimeout(60_000);

/** The first two numbers of each fleet stand for all. */
const ends = (world: World): Endpoint[] => endpoints(world).filter(({ name }) => !/-(?:[3-9]|\d\d+)(?=$|:)/.test(name));

const arrived = (world: World): Set<string> => arriving(world, NOTHING_DOWN, ends(world));

/** Every resource of the ROS templates, as stack and logical id. */
function resources(emitted: Emitted): (readonly [stack: string, id: string, type: string])[] {
  const found: (readonly [string, string, string])[] = [];
  emitted.everyRosTemplate((stack, { Resources }) => {
    for (const [id, { Type }] of Object.entries(Resources)) found.push([stack, id, Type]);
  });
  return found;
}

const dropped = (emitted: Emitted, stack: string, id: string): Emitted =>
  emitted.changed(stack, ({ Resources }) => {
    delete Resources[id];
  });

/** What the description says: which kind of link joins two places, in whichever order. */
const kindOf = ({ links }: Estate, a: string, b: string): string | undefined =>
  links.find((link) => [link.a.place, link.b.place].sort().join() === [a, b].sort().join())?.kind;

test('what is emitted has no fault, and regions reach each other exactly where a link joins them', () => {
  fc.assert(
    fc.property(inlandEstates, (estate) => {
      const world = emitEstate(estate).read();
      expect(world.faults).toEqual([]);
      const topology = topologyOf(world);
      for (const a of world.vpcs)
        for (const b of world.vpcs) {
          if (a === b) continue;
          const [from, to] = [a, b].map((vpc) => ofInterface(vpc.interfaces[0]!, vpc.region, false)[0]!) as [Endpoint, Endpoint];
          const arrives = 'arrived' in send(topology, from, to);
          expect([a.region, b.region, arrives]).toEqual([a.region, b.region, kindOf(estate, a.region, b.region) !== undefined]);
        }
    }),
    { numRuns: runs(12) },
  );
});

test('who reaches somebody over transit, line or VPN also hears the reply', () => {
  fc.assert(
    fc.property(inlandEstates, (estate) => {
      const all = arrived(emitEstate(estate).read());
      for (const pair of all) {
        // What a container sends over a peering comes back over nothing: a peering carries the VPCs' own addresses only.
        if (!pair.includes(':container')) expect(all).toContain(pair.split(' ').reverse().join(' '));
      }
    }),
    { numRuns: runs(12) },
  );
});

const NEVER_MORE =
  /^ALIYUN::(?:ECS::(?:Route|Instance|SecurityGroupIngress)|VPC::(?:VpcPeerConnection|BgpPeer)|CEN::TransitRouter(?:PeerAttachment|VpcAttachment|RouteTableAssociation))$/;

test('taking away a host, a route, a link, a session or an association never makes more arrive', () => {
  fc.assert(
    fc.property(inlandEstates, fc.nat(), (estate, pick) => {
      const emitted = emitEstate(estate);
      const before = arrived(emitted.read());
      const candidates = resources(emitted).filter(([, , type]) => NEVER_MORE.test(type));
      const [stack, id] = candidates[pick % candidates.length]!;
      const after = arrived(dropped(emitted, stack, id).read());
      expect([...after].filter((pair) => !before.has(pair))).toEqual([]);
    }),
    { numRuns: runs(15) },
  );
});

test('an answer never throws and always says why, whatever resources are missing', () => {
  fc.assert(
    fc.property(inlandEstates, fc.array(fc.nat(), { minLength: 1, maxLength: 10 }), (estate, picks) => {
      let emitted = emitEstate(estate);
      for (const pick of picks) {
        const all = resources(emitted);
        const [stack, id] = all[pick % all.length]!;
        emitted = dropped(emitted, stack, id);
      }
      const world = emitted.read();
      expectWholeAnswers(world, ends(world));
    }),
    { numRuns: runs(12) },
  );
});
