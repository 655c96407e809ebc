/** The nine-region example as it is emitted: a peering mesh to the central region. */

import { stop } from './clouds';
import { type Emitted, emit } from './emitted';

let example: Emitted;
beforeAll(() => {
  example = emit('.');
});

test('everything that was emitted is read and joined', () => {
  const world = example.read();
  expect(world.faults).toEqual([]);
  expect(world.vpcs).toHaveLength(9);
  expect(world.peerings).toHaveLength(8);
});

test('hosts of a cluster reach etcd at its port and nothing else there', () => {
  expect(example.ask('sa-east-1/core/storage', 'sa-east-1/core/voters')).toMatchObject({ yes: true, ports: ['2379/tcp'] });
  expect(example.ask('sa-east-1/core/adserver', 'sa-east-1/core/voters')).toMatchObject({ yes: true, ports: ['2379/tcp'] });
});

test('a peering routes to the central region and back, and not between the others', () => {
  const central = example.ask('sa-east-1/core/storage', 'us-east-1/core/storage');
  expect(central.forward.some((h) => h.where === 'peering of sa-east-1 and us-east-1' && h.passes)).toBe(true);
  expect(central.code).toBe('INGRESS_RULES');
  expect(example.ask('sa-east-1/core/storage', 'eu-west-1/core/storage').code).toBe('LEAVES_ESTATE');
});

test('a route of a link that is missing is seen', () => {
  const broken = example.changed('links-sa-east-1--us-east-1-routes-a', ({ Resources }) => {
    for (const id of Object.keys(Resources)) if (id.startsWith('RoutePrivateB')) delete Resources[id];
  });
  const answer = broken.ask('sa-east-1/core/storage', 'us-east-1/core/storage');
  expect(answer).toMatchObject({ from: 'sa-east-1-core-storage-2', code: 'LEAVES_ESTATE' });
  expect(stop(answer)?.where).toBe('sa-east-1 route table PrivateB');
});
