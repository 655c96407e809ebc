import { replicasDown } from '../../../lib/rehearsal/ledger/replicas';
import { collection } from '../../estate/collecting';
import { filesOf, written } from '../../estate/written';
import { mutated, rehearsed, type Side, sideOfFiles } from '../rehearsed';
import { each, REGION } from '../small';

const BROKERS = `${REGION}/collection-brokers`;
const LOCK = `regions/${REGION}.members.lock.yaml`;

function collecting(brokerType = 'm5.large'): Record<string, string> {
  const w = written();
  delete w.places['us-east-1'];
  w.estate.central = REGION;
  const own = collection();
  own.fleets.brokers.instanceType = brokerType;
  w.places[REGION].clusters.collection = own;
  return filesOf(w);
}

let stands: Side;
let larger: Side;
beforeAll(() => {
  const files = collecting();
  stands = sideOfFiles(files);
  larger = sideOfFiles({ ...collecting('m5.xlarge'), [LOCK]: files[LOCK]! });
});

test('brokers that restart one after the other keep enough replicas in sync', async () => {
  const { rehearsal, codes } = await rehearsed(stands, larger);
  expect(rehearsal.hosts.filter(({ name, up }) => !up && name.includes('brokers'))).toHaveLength(3);
  expect(codes).toEqual([]);
});

test('all brokers at once are an error that names the topics', async () => {
  const after = mutated(larger, BROKERS, (template) =>
    each(template, 'AWS::EC2::Instance', (instance) => delete instance.DependsOn),
  );
  const { codes, loss } = await rehearsed(stands, after);
  expect(codes).toEqual(['error REPLICAS_LOST']);
  expect(loss('REPLICAS_LOST')).toMatchObject({ name: `REPLICAS_LOST:${BROKERS}`, stack: BROKERS });
  expect(loss('REPLICAS_LOST').what).toContain('logs can be neither written nor read');
  expect(loss('REPLICAS_LOST').hosts).toHaveLength(3);
});

test('replicas are spread over the zones: two brokers of one zone are one replica of a partition at most', () => {
  const zones = new Map([...'abcabc'].map((zone, at) => [`b${at + 1}`, zone]));
  expect(replicasDown(['b1', 'b4'], zones, 3)).toBe(1);
  expect(replicasDown(['b1', 'b2'], zones, 3)).toBe(2);
  expect(replicasDown(['b1', 'b2', 'b3', 'b4'], zones, 3)).toBe(3);
  const one = new Map([...'aaa'].map((zone, at) => [`b${at + 1}`, zone]));
  expect(replicasDown(['b1', 'b2'], one, 3)).toBe(2);
});
