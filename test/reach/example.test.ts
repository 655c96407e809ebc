/** The example as it is emitted: nine regions of AWS in a star of peerings, two of Aliyun with a data centre. */

import { planEstate } from '../../lib/plan/plan';
import { exampleEstate } from '../e2e/example';
import { stop } from './clouds';
import { type Emitted, emit } from './emitted';

let example: Emitted;
beforeAll(() => {
  example = emit('.');
});

test('everything that was emitted is read and joined', () => {
  const world = example.read();
  expect(world.faults).toEqual([]);
  expect(world.vpcs.map((v) => v.provider ?? 'aws').filter((p) => p === 'aws')).toHaveLength(9);
  expect(world.vpcs).toHaveLength(11);
  expect(world.peerings).toHaveLength(8);
});

test('hosts of a cluster reach etcd at its port and its metrics, and nothing else there', () => {
  expect(example.ask('sa-east-1/core/storage', 'sa-east-1/core/voters')).toMatchObject({
    yes: true,
    ports: ['2379/tcp', '2381/tcp'],
  });
  expect(example.ask('sa-east-1/core/adserver', 'sa-east-1/core/voters')).toMatchObject({
    yes: true,
    ports: ['2379/tcp', '2381/tcp'],
  });
});

test('a peering routes to the central region and back, and not between the others', () => {
  const central = example.ask('sa-east-1/core/storage', 'us-east-1/core/storage');
  expect(central.forward.some((h) => h.where === 'peering of sa-east-1 and us-east-1' && h.passes)).toBe(true);
  expect(central.code).toBe('INGRESS_RULES');
  expect(example.ask('sa-east-1/core/storage', 'eu-west-1/core/storage').code).toBe('LEAVES_ESTATE');
});

test('no link joins AWS and Aliyun: a packet from one to the other ends at the NAT gateway', () => {
  for (const [from, to] of [
    ['cn-beijing/core/worker', 'us-east-1/core/voters'],
    ['us-east-1/core/voters', 'cn-beijing/core/worker'],
  ] as const) {
    const answer = example.ask(from, to);
    expect(answer).toMatchObject({ yes: false, code: 'LEAVES_ESTATE' });
    expect(answer.reason).toContain('leads to the NAT gateway, out of the estate');
  }
});

test('a route of a link that is missing is seen', () => {
  const broken = example.changed('links-sa-east-1--us-east-1-routes-a', ({ Resources }) => {
    for (const id of Object.keys(Resources)) if (id.startsWith('RoutePrivateB')) delete Resources[id];
  });
  const answer = broken.ask('sa-east-1/core/storage', 'us-east-1/core/storage');
  expect(answer).toMatchObject({ from: 'sa-east-1-core-storage-2', code: 'LEAVES_ESTATE' });
  expect(stop(answer)?.where).toBe('sa-east-1 route table PrivateB');
});

describe('the collections', () => {
  test.each(['sa-east-1', 'us-west-1', 'cn-hangzhou'])(
    'in %s front ends reach brokers, and brokers and controllers each other',
    (region) => {
      const [brokers, controllers, frontEnds] = ['brokers', 'controllers', 'front-ends'].map(
        (name) => `${region}/collection/${name}`,
      );
      expect(example.ask(frontEnds!, brokers!)).toMatchObject({ yes: true, ports: expect.arrayContaining(['9092/tcp']) });
      expect(example.ask(brokers!, brokers!)).toMatchObject({ yes: true, ports: expect.arrayContaining(['9092/tcp']) });
      expect(example.ask(brokers!, controllers!)).toMatchObject({ yes: true, ports: expect.arrayContaining(['9093/tcp']) });
      expect(example.ask(controllers!, controllers!)).toMatchObject({ yes: true, ports: expect.arrayContaining(['9093/tcp']) });
    },
  );

  test('mirrors of the region that collects reach the brokers of every other one, at their one port', () => {
    const plan = planEstate(exampleEstate());
    const carried = plan.regions.flatMap(({ name, fleets }) => {
      const into = fleets.find((fleet) => fleet.name === 'brokers')!.context.cluster.kafka!.into;
      return into === '' ? [] : [[name, into] as const];
    });
    expect(carried).toHaveLength(9);
    for (const [region, into] of carried) {
      const answer = example.ask(`${into}/collection/mirrors`, `${region}/collection/brokers`);
      expect([region, answer.yes, answer.ports]).toEqual([region, true, ['9092/tcp']]);
    }
  });

  test.each([
    ['us-east-1/core/adserver', 'sa-east-1/collection/controllers', 'INGRESS_RULES'],
    ['sa-east-1/core/adserver', 'us-east-1/collection/brokers', 'INGRESS_RULES'],
    ['eu-west-1/collection/brokers', 'sa-east-1/collection/brokers', 'LEAVES_ESTATE'],
    ['us-east-1/collection/mirrors', 'cn-beijing/collection/brokers', 'LEAVES_ESTATE'],
  ])('%s does not reach %s', (from, to, code) => {
    expect(example.ask(from, to)).toMatchObject({ yes: false, code });
  });

  test('hosts of a region send lines to its front ends, and nothing but brokers speaks to controllers', () => {
    const lines = example.ask('sa-east-1/core/adserver', 'sa-east-1/collection/front-ends');
    expect(lines).toMatchObject({ yes: true, ports: expect.arrayContaining(['2514/tcp', '514/tcp', '514/udp', '8080/tcp']) });
    expect(example.ask('sa-east-1/core/adserver', 'sa-east-1/collection/controllers').ports).not.toContain('9093/tcp');
    expect(example.ask('sa-east-1/collection/front-ends', 'sa-east-1/collection/controllers').ports).not.toContain('9093/tcp');
  });
});
