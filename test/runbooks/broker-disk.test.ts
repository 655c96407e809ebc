/** A broker's disk that is full, and one that is dead: docs/runbooks/incidents/broker-disk.md on a broker's own volume, with its cluster around it. */
import { rmSync } from 'node:fs';
import { temporaryFolder } from '../e2e/example';
import { REGION, RehearsedRegion, succeeded } from '../e2e/rehearsed-region';
import { describeWithRealPart } from '../real-parts';
import { lockArtifacts } from './locked-artifacts';
import { OnCall } from './on-call';

jest.setTimeout(240_000);

const BROKERS = `${REGION}-collection-brokers`;

let region: RehearsedRegion;
let oncall: OnCall;
/** Who started, in order. */
let starts: string[] = [];

const brokers = () => [1, 2, 3].map((n) => region.host(`collection-brokers-${n}`));
const volumesOf = (n: number) => Object.values(region.host(`collection-brokers-${n}`).volumes);

async function well(): Promise<void> {
  expect(region.inventory.stacks.filter(({ status }) => !/^(CREATE|UPDATE)_COMPLETE$/.test(status))).toEqual([]);
  for (const broker of brokers()) expect(broker).toMatchObject({ state: 'running' });
  expect(await oncall.shell(`meissa drift ${REGION}`)).toContain('no drift');
  expect(await oncall.shell(`meissa deploy ${REGION}`)).toMatch(/no changes/);
}

// The page's own shell: with the programs that it names.
describeWithRealPart('aws', 'disks of the brokers of a collection', () => {
  beforeAll(async () => {
    const onStart = ({ name }: { name: string }) => {
      starts.push(name);
      return 'healthy' as const;
    };
    region = await RehearsedRegion.start({ bootMilliseconds: 10, onStart }, true);
    const env = () => region.cloud.env(REGION);
    oncall = new OnCall({ root: region.root, home: temporaryFolder(), env });
    succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${REGION}`]));
    rmSync(`${region.root}/cdk.out`, { recursive: true });
    const downloads = lockArtifacts(region.root);
    await oncall.commit('The estate');
    await oncall.shell(`meissa deploy ${REGION}; meissa artifacts push ${REGION} --from ${downloads}; meissa deploy ${REGION}`);
  });
  afterAll(() => region.stop());

  test('a full one grows while it is used: no broker restarts', async () => {
    starts = [];
    await oncall.follow('broker-disk', { region: REGION, central: 'us-east-1', 'old size': '1200', 'new size': '1500' }, [0, 1]);
    for (const n of [1, 2, 3]) expect(volumesOf(n)).toMatchObject([{ size: 1500 }]);
    expect(starts).toEqual([]);
    await oncall.commit('Larger disks');
  });

  test('a dead one makes room for a new one, and no other broker restarts', async () => {
    const before = [1, 2, 3].map((n) => volumesOf(n)[0]!.id);
    starts = [];
    region.cloud.tell({ incident: 'volume-lost', region: REGION, volume: `${BROKERS}-2/kafka` });
    const said = await oncall.follow(
      'broker-disk',
      { region: REGION, host: `${BROKERS}-2`, volume: 'kafka', stack: 'collection-brokers' },
      [2],
    );
    expect(said).toContain('no drift');
    const after = [1, 2, 3].map((n) => volumesOf(n)[0]!.id);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]).not.toBe(before[1]);
    expect(new Set(starts)).toEqual(new Set([`${BROKERS}-2`]));
    await well();
  });
});
