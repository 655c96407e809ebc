import { $OpenApiUtil } from '@alicloud/openapi-core';
import Ros, * as models from '@alicloud/ros20190910';
import type { EmbeddedCloud } from '../../../lib/embedded-cloud';
import { disk, REGION, RosCloud, template, vpc } from './ros-cloud';

let ros: RosCloud;
let client: Ros;
beforeAll(async () => {
  ros = await RosCloud.start();
  client = v2(ros.cloud);
});
afterAll(() => ros.close());

/** The V2 SDK: signature V3 in a header, parameters in the query, the template in the body. */
function v2(cloud: EmbeddedCloud, secret?: string): Ros {
  const env = cloud.aliyun.env(REGION);
  return new Ros(
    new $OpenApiUtil.Config({
      accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
      accessKeySecret: secret ?? env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
      endpoint: new URL(cloud.url).host,
      protocol: 'http',
      regionId: REGION,
    }),
  );
}

const settled = async (stackId: string): Promise<models.GetStackResponseBody> => {
  for (;;) {
    const { body } = await client.getStack(new models.GetStackRequest({ stackId, regionId: REGION }));
    if (body && !/_IN_PROGRESS$/.test(body.status ?? '')) return body;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
};

test('the V2 client takes a stack through its life', async () => {
  const created = await client.createStack(
    new models.CreateStackRequest({
      regionId: REGION,
      stackName: 'second-opinion',
      templateBody: template({ Vpc: vpc({ VpcName: { Ref: 'Name' } }) }, { Parameters: { Name: { Type: 'String' } } }),
      parameters: [new models.CreateStackRequestParameters({ parameterKey: 'Name', parameterValue: "北京 +&='()*!~" })],
      tags: [new models.CreateStackRequestTags({ key: 'team', value: 'net' })],
      timeoutInMinutes: 20,
    }),
  );
  const stackId = created.body?.stackId as string;
  const stack = await settled(stackId);
  expect(stack).toMatchObject({
    status: 'CREATE_COMPLETE',
    stackName: 'second-opinion',
    timeoutInMinutes: 20,
    disableRollback: false,
  });
  expect(stack.tags?.map((t) => [t.key, t.value])).toEqual([['team', 'net']]);
  expect(Object.fromEntries(stack.parameters?.map((p) => [p.parameterKey, p.parameterValue]) ?? [])).toMatchObject({
    Name: "北京 +&='()*!~",
    'ALIYUN::Region': REGION,
    'ALIYUN::StackName': 'second-opinion',
  });
  await client.updateStack(
    new models.UpdateStackRequest({ regionId: REGION, stackId, templateBody: template({ Vpc: vpc(), Disk: disk() }) }),
  );
  expect((await settled(stackId)).status).toBe('UPDATE_COMPLETE');
  const listed = await client.listStackResources(new models.ListStackResourcesRequest({ regionId: REGION, stackId }));
  expect(listed.body?.resources?.map((r) => r.logicalResourceId).sort()).toEqual(['Disk', 'Vpc']);
  const events = await client.listStackEvents(new models.ListStackEventsRequest({ regionId: REGION, stackId, pageSize: 3 }));
  expect(events.body).toMatchObject({ pageSize: 3, pageNumber: 1 });
  expect(events.body?.events?.[0]).toMatchObject({ status: 'UPDATE_COMPLETE', resourceType: 'ALIYUN::ROS::Stack' });
  await client.deleteStack(new models.DeleteStackRequest({ regionId: REGION, stackId }));
  expect((await settled(stackId)).status).toBe('DELETE_COMPLETE');
});

test('a wrong secret is refused in a header as in parameters', async () => {
  const wrong = v2(ros.cloud, 'wrong').listStacks(new models.ListStacksRequest({ regionId: REGION }));
  await expect(wrong).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test('an error comes with its code and status', async () => {
  const absent = client.getStack(new models.GetStackRequest({ regionId: REGION, stackId: 'none' }));
  await expect(absent).rejects.toMatchObject({ code: 'StackNotFound', statusCode: 404 });
});
