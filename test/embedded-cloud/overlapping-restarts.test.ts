/** What a DependsOn between voters is for: without it CloudFormation stops all of them together, and so does the embedded cloud. */
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { HostChange } from '../../lib/embedded-cloud/aws/hosts/hosts';
import { regionOf } from '../../lib/embedded-cloud/store/world';
import { virtualCloud } from '../../lib/embedded-cloud/virtual';
import { base64, credentialsOf, Driver, IMAGE, network } from './driver';

const ACCOUNT = '111111111111';
const gate = (n: number, userData: string) => `Gate${n}${userData}`;

/** Three voters in one subnet, each behind the gate of the one before, or each on its own. */
const voters = (userData: string, chained: boolean) =>
  JSON.stringify({
    Resources: {
      ...network(['a']),
      ...Object.fromEntries(
        [1, 2, 3].flatMap((n) => [
          [
            `Host${n}`,
            {
              Type: 'AWS::EC2::Instance',
              ...(chained && n > 1 ? { DependsOn: [gate(n - 1, userData)] } : {}),
              Properties: {
                ImageId: IMAGE,
                SubnetId: { Ref: 'Subnet0' },
                UserData: base64(userData),
                MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
                Tags: [
                  { Key: 'Name', Value: `voter-${n}` },
                  { Key: 'meissa:gate', Value: `voters/${gate(n, userData)}` },
                ],
              },
            },
          ],
          [
            gate(n, userData),
            {
              Type: 'AWS::CloudFormation::WaitCondition',
              DependsOn: [`Host${n}`],
              CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT15M' } },
            },
          ],
        ]),
      ),
    },
  });

/** The most hosts that were down at once, of those that had been well. */
function mostDown(changes: readonly HostChange[]): number {
  const down = new Set<string>();
  let most = 0;
  for (const { name, up } of changes) {
    if (up) down.delete(name);
    else down.add(name);
    most = Math.max(most, down.size);
  }
  return most;
}

const CASES = [
  ['behind each other’s gates stop one at a time', true, 1],
  ['without DependsOn stop all together', false, 3],
] as const;

test.each(CASES)('over HTTP, voters %s', async (_words, chained, most) => {
  const changes: HostChange[] = [];
  const driver = await Driver.start({ hosts: { onChange: (change) => changes.push(change) } });
  const { cloud } = driver;
  const credentials = credentialsOf(cloud.key());
  const client = new CloudFormationClient({ region: 'sa-east-1', endpoint: cloud.url, credentials });
  const settled = async () => {
    await cloud.engine.over(cloud.engine.stack(driver.region, 'voters').id);
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'voters' }));
    return Stacks?.[0]?.StackStatus;
  };
  await client.send(new CreateStackCommand({ StackName: 'voters', TemplateBody: voters('one', true) }));
  expect(await settled()).toBe('CREATE_COMPLETE');
  changes.length = 0;
  await client.send(new UpdateStackCommand({ StackName: 'voters', TemplateBody: voters('two', chained) }));
  expect(await settled()).toBe('UPDATE_COMPLETE');
  expect(changes.filter(({ up }) => !up)).toHaveLength(3);
  expect(mostDown(changes)).toBe(most);
  client.destroy();
  await driver.close();
});

test.each(CASES)('in virtual time, voters %s', async (_words, chained, most) => {
  const changes: HostChange[] = [];
  const cloud = virtualCloud({ onHost: (change) => changes.push(change) });
  const region = regionOf(cloud.world, ACCOUNT, 'sa-east-1');
  const request = (body: string) => ({ name: 'voters', body, parameters: [], capabilities: [] });
  const stack = cloud.engine.create(region, request(voters('one', true)));
  await cloud.clock.run(cloud.engine.over(stack.id));
  changes.length = 0;
  const from = cloud.clock.milliseconds();
  cloud.engine.update(region, request(voters('two', chained)));
  await cloud.clock.run(cloud.engine.over(stack.id));
  expect(stack.status).toBe('UPDATE_COMPLETE');
  expect(mostDown(changes)).toBe(most);
  const [minutes] = [(cloud.clock.milliseconds() - from) / 60_000];
  // A restart and a boot each: one, or three after each other.
  expect(Math.round(minutes / 2.25)).toBe(chained ? 3 : 1);
});
