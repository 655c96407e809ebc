import { isolateGroups, openGroups } from '../../../lib/aliyun/cloud';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from './fake-rpc';

let server: FakeRpc;
afterEach(() => server.close());

const REGION = 'cn-beijing';
const GROUPS = ['sg-1', 'sg-2', 'sg-3'];

/** Three groups, of which the second is isolated already. */
async function groups() {
  const policies = new Map([
    ['sg-1', 'Accept'],
    ['sg-2', 'Drop'],
    ['sg-3', 'Accept'],
  ]);
  server = await fakeRpc((call: Call): Answer => {
    if (call.Action === 'ModifySecurityGroupPolicy') policies.set(call.SecurityGroupId!, call.InnerAccessPolicy!);
    return { json: { SecurityGroupId: call.SecurityGroupId, InnerAccessPolicy: policies.get(call.SecurityGroupId!) } };
  });
  return clientOf(server, { retry: { attempts: 2 } });
}

test('only groups whose hosts reach each other without a rule are touched, and a second run touches none', async () => {
  const rpc = await groups();
  const told: string[] = [];
  expect(await openGroups(rpc, REGION, GROUPS)).toEqual(['sg-1', 'sg-3']);
  expect(await isolateGroups(rpc, REGION, GROUPS, (id) => told.push(id))).toEqual(['sg-1', 'sg-3']);
  expect(told).toEqual(['sg-1', 'sg-3']);
  expect(await isolateGroups(rpc, REGION, GROUPS)).toEqual([]);
});
