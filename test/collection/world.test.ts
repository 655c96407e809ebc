/** The stage of the collection's tests: what is true between regions must be true on it. */
import { eventually } from '../hosts/eventually';
import { end } from '../hosts/unit-host';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { World } from './world/world';

const LISTEN = 'require("node:net").createServer((s) => s.end()).listen(4000, process.argv[1])';

describeWithRealParts(['openssl'], lacksNamespaces(), 'regions of the tests', () => {
  let world: World;
  beforeAll(() => {
    world = new World();
  }, 120_000);
  afterAll(() => world?.end(), 30_000);

  test('a link that is cut drops packets, and carries them again when it is mended', async () => {
    const there = world.region('sa-east-1').host('brokers', 1);
    const here = world.region('us-east-1').host('mirrors', 1);
    const reaches = async (): Promise<boolean> =>
      (await here.run('timeout', '1', 'bash', '-c', `</dev/tcp/${there.address}/4000`)).code === 0;
    const listener = there.spawn(['node', '-e', LISTEN, there.address]);
    await eventually(reaches, 'the central region reaches the other one');
    world.cutLink('sa-east-1', 'us-east-1');
    expect(await reaches()).toBe(false);
    world.mendLink('sa-east-1', 'us-east-1');
    await eventually(reaches, 'and again');
    await end(listener, 'SIGKILL');
  }, 30_000);

  test('regions that no link joins do not reach each other', async () => {
    const { address } = world.region('sa-east-1').host('brokers', 1);
    const here = world.region('ap-south-1').host('brokers', 1);
    const { err } = await here.run('timeout', '1', 'bash', '-c', `</dev/tcp/${address}/4000`);
    expect(err).toContain('Network is unreachable');
  });
});
