import RPCClient from '@alicloud/pop-core';
import { type EmbeddedCloud, type EmbeddedCloudOptions, startEmbeddedCloud } from '../../../lib/embedded-cloud';
import type { Context, Handler } from '../../../lib/embedded-cloud/aliyun/resources/handler';
import type { JsonObject } from '../../../lib/engine/json';

export const REGION = 'cn-beijing';

let serial = 0;

/** A type of which only its properties are kept, and whether it stands. */
const thing = (prefix: string, attributes: (id: string) => JsonObject, milliseconds = 0): Handler => ({
  async create(c: Context, properties) {
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const id = `${prefix}-${++serial}`;
    c.region.things[id] = { id, type: c.type, properties: structuredClone(properties) };
    return { physicalId: id, attributes: attributes(id) };
  },
  update(c, id, properties) {
    c.region.things[id] = { id, type: c.type, properties: structuredClone(properties) };
    return undefined;
  },
  delete(c, id) {
    delete c.region.things[id];
  },
  read: (c, id) => c.region.things[id]?.properties,
});

/** Types that do next to nothing: these tests are of the engine and its API. */
export const trivialHandlers: Record<string, Handler> = {
  'ALIYUN::ECS::VPC': thing('vpc', (id) => ({ VpcId: id, RouteTableId: `vtb-${id}` })),
  // Nothing of it can be updated at all.
  'ALIYUN::ECS::VSwitch': { ...thing('vsw', (id) => ({ VSwitchId: id })), update: undefined },
  // Takes its time.
  'ALIYUN::VPC::EIP': thing('eip', (id) => ({ AllocationId: id }), 400),
  'ALIYUN::ECS::Disk': thing('d', (id) => ({ DiskId: id }), 15),
};

/** What one asks of an action. */
export type Asked = Record<string, unknown>;
/** What it answers. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is JSON of any shape, and the tests say which
export type Answer = Record<string, any>;

/** An embedded cloud with ROS, driven by the real pop-core over HTTP. */
export class RosCloud {
  private constructor(
    readonly cloud: EmbeddedCloud,
    private readonly client: RPCClient,
  ) {}

  static async start(options: EmbeddedCloudOptions = {}): Promise<RosCloud> {
    const cloud = await startEmbeddedCloud({ aliyun: { handlers: trivialHandlers }, log: () => undefined, ...options });
    return new RosCloud(cloud, popCore(cloud));
  }

  /** Calls an action as pop-core does it, by POST. */
  call(action: string, asked: Asked = {}, client = this.client): Promise<Answer> {
    return client.request(action, { RegionId: REGION, ...asked }, { method: 'POST', timeout: 5000 });
  }

  /** The status that a stack comes to. */
  async settled(StackId: string): Promise<Answer> {
    for (;;) {
      const stack = await this.call('GetStack', { StackId });
      if (!/_IN_PROGRESS$/.test(stack.Status) || stack.Status === 'REVIEW_IN_PROGRESS') return stack;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  async create(StackName: string, resources: object, asked: Asked = {}): Promise<Answer> {
    const { StackId } = await this.call('CreateStack', { StackName, TemplateBody: template(resources), ...asked });
    return this.settled(StackId);
  }

  async update(StackId: string, resources: object, asked: Asked = {}): Promise<Answer> {
    await this.call('UpdateStack', { StackId, TemplateBody: template(resources), ...asked });
    return this.settled(StackId);
  }

  /** Physical ids by logical id. */
  async ids(StackId: string): Promise<Record<string, string>> {
    const { Resources } = await this.call('ListStackResources', { StackId });
    return Object.fromEntries(Resources.map((r: Answer) => [r.LogicalResourceId, r.PhysicalResourceId]));
  }

  /** All events, oldest first: `<logical id> <status>`. */
  async history(StackId: string): Promise<string[]> {
    const all: string[] = [];
    for (let PageNumber = 1; ; PageNumber++) {
      const { Events } = await this.call('ListStackEvents', { StackId, PageSize: 50, PageNumber });
      all.push(...Events.map((e: Answer) => `${e.LogicalResourceId} ${e.Status}`));
      if (Events.length < 50) return all.reverse();
    }
  }

  /** What stands, of the trivial types. */
  get things(): string[] {
    return Object.keys(this.cloud.region(REGION, this.cloud.aliyun.account).things);
  }

  close(): Promise<void> {
    return this.cloud.close();
  }
}

/** pop-core with the cloud's own key, or another one. */
export function popCore(cloud: EmbeddedCloud, key: { id?: string; secret?: string; token?: string } = {}): RPCClient {
  const env = cloud.aliyun.env(REGION);
  return new RPCClient({
    endpoint: cloud.url,
    apiVersion: '2019-09-10',
    accessKeyId: key.id ?? (env.ALIBABA_CLOUD_ACCESS_KEY_ID as string),
    accessKeySecret: key.secret ?? (env.ALIBABA_CLOUD_ACCESS_KEY_SECRET as string),
    ...(key.token === undefined ? {} : { securityToken: key.token }),
  });
}

/** A template's text. */
export const template = (resources: object, more: object = {}): string =>
  JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01', Resources: resources, ...more });

export const vpc = (properties: object = {}, more: object = {}) => ({
  Type: 'ALIYUN::ECS::VPC',
  Properties: { CidrBlock: '10.0.0.0/16', ...properties },
  ...more,
});

export const vSwitch = (properties: object = {}, more: object = {}) => ({
  Type: 'ALIYUN::ECS::VSwitch',
  Properties: { VpcId: { Ref: 'Vpc' }, ZoneId: 'cn-beijing-a', CidrBlock: '10.0.0.0/24', ...properties },
  ...more,
});

export const disk = (properties: object = {}, more: object = {}) => ({
  Type: 'ALIYUN::ECS::Disk',
  Properties: { ZoneId: 'cn-beijing-a', Size: 20, ...properties },
  ...more,
});
