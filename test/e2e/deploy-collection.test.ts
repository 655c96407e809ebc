/** Regions with collections, deployed by the unmodified CDK CLI on the embedded cloud. The tests are one story. */
import { join } from 'node:path';
import { synthEstate } from '../../lib/cli/estate-app';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { planEstate } from '../../lib/plan/plan';
import type { Ran } from '../child/run';
import { collecting, elastic, withFrontEnds } from '../collection/estate';
import { embeddedCdk, runsOf } from './embedded-cdk';
import { removeTemporaryFolders, temporaryFolder } from './example';
import { succeeded } from './rehearsed-region';

jest.setTimeout(300_000);

/** The small one, whose brokers are the controllers too. */
const REGION = 'ap-south-1';

let cloud: EmbeddedCloud;
let home: string;
beforeAll(async () => {
  cloud = await startEmbeddedCloud({ hosts: { bootMilliseconds: 10 } });
  home = temporaryFolder();
  const estate = collecting();
  succeeded(await cdk(['bootstrap', '--app', synth(estate), `aws://111111111111/${REGION}`]));
});
afterAll(async () => {
  await cloud.close();
  removeTemporaryFolders();
});

const cdk = (args: readonly string[]): Promise<Ran> => embeddedCdk(args, cloud.env(REGION), home);

function synth(estate: ReturnType<typeof collecting>): string {
  const outdir = join(temporaryFolder(), 'cdk.out');
  synthEstate(estate, { outdir, regions: [REGION] });
  return outdir;
}

/** All stacks in the plan's order. @returns what the CLI said */
async function deploy(estate: ReturnType<typeof collecting>): Promise<string> {
  const app = synth(estate);
  let said = '';
  for (const { ids, disableRollback } of runsOf(planEstate(estate, [REGION]).regions[0]!)) {
    const stacks = ids.map((id) => `${REGION}/${id}`);
    const how = ['--exclusively', '--require-approval', 'never', ...(disableRollback ? ['--no-rollback'] : [])];
    const { stdout, stderr } = succeeded(await cdk(['deploy', '--app', app, ...how, ...stacks]));
    said += stdout + stderr;
  }
  return said;
}

const stacks = () => cloud.inventory(REGION).stacks.filter(({ name }) => name !== 'CDKToolkit');
const hostsOf = (fleet: string) =>
  cloud.inventory(REGION).hosts.filter(({ name }) => name?.startsWith(`${REGION}-collection-${fleet}`));

test('brokers come up one behind the other, and front ends behind a load balancer that names them', async () => {
  await deploy(collecting());
  expect(stacks().map(({ status }) => status)).toEqual(stacks().map(() => 'CREATE_COMPLETE'));
  expect(hostsOf('brokers').map(({ state }) => state)).toEqual(['running', 'running', 'running']);
  const [balancer, ...others] = cloud.inventory(REGION).loadBalancers;
  expect(others).toEqual([]);
  const addresses = hostsOf('front-ends').map(({ privateIp }) => privateIp);
  expect(addresses).toHaveLength(2);
  expect(balancer).toMatchObject({ scheme: 'internal', zones: ['a', 'b', 'c'].map((zone) => REGION + zone) });
  expect(balancer!.listeners.map(({ port, protocol }) => `${port}/${protocol}`).sort()).toEqual([
    '2514/TCP',
    '514/TCP_UDP',
    '8080/TCP',
  ]);
  for (const { targets } of balancer!.listeners) expect(targets).toEqual(addresses);
  const endpoint = stacks().find(({ name }) => name.endsWith('-entry'))!.outputs.LinesEndpointG1;
  expect(endpoint).toBe(balancer!.dnsName);
});

test('the gates of the brokers were passed in the order of their numbers', () => {
  const { events } = cloud.engine.stack(cloud.region(REGION), `${REGION}-collection-brokers`);
  const lines = events.map(({ logicalId, status }) => `${logicalId} ${status}`);
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  expect(at(/^M1Gate\w+ CREATE_COMPLETE$/)).toBeLessThan(at(/^M2InstanceG1 CREATE_IN_PROGRESS$/));
  expect(at(/^M2Gate\w+ CREATE_COMPLETE$/)).toBeLessThan(at(/^M3InstanceG1 CREATE_IN_PROGRESS$/));
});

test('a second deploy has nothing to do', async () => {
  expect((await deploy(collecting())).match(/\(no changes\)/g)).toHaveLength(stacks().length);
});

test('front ends of a scaling group are registered by it and held by its hook', async () => {
  await deploy(withFrontEnds(collecting(), REGION, elastic));
  const [group] = Object.values(cloud.region(REGION).scalingGroups);
  expect(group).toMatchObject({ name: `${REGION}-collection-front-ends`, hooks: { drain: { HeartbeatTimeout: 900 } } });
  expect(group!.instances).toHaveLength(2);
  for (const { targets } of cloud.inventory(REGION).loadBalancers[0]!.listeners) expect(targets).toEqual(group!.instances);
});
