import { type AliyunHostOptions, AliyunHosts } from '../../../lib/embedded-cloud/aliyun/hosts/hosts';
import { aliyunHandlers } from '../../../lib/embedded-cloud/aliyun/resources';
import type { Context, Handler, Made } from '../../../lib/embedded-cloud/aliyun/resources/handler';
import { ObjectStore } from '../../../lib/embedded-cloud/store/objects';
import { accountOf, emptyWorld, regionOf } from '../../../lib/embedded-cloud/store/world';
import { clock } from '../../../lib/engine/clock';
import { sha256, uuid } from '../../../lib/engine/ids';
import type { JsonObject } from '../../../lib/engine/json';
import { changedKeys } from '../../../lib/engine/json';
import type { Stack } from '../../../lib/engine/stack';

export const ACCOUNT = '1234567890123456';
export const IMAGE = 'aliyun_3_x64_20G_alibase_20250629.vhd';

/** A resource that a test made. */
export interface Standing {
  type: string;
  logicalId: string;
  id: string;
  properties: JsonObject;
  attributes: JsonObject;
}

/** Drives Aliyun's handlers one resource at a time, without a stack engine. */
export class Bench {
  readonly world = emptyWorld('aws');
  readonly objects = new ObjectStore();
  readonly hosts: AliyunHosts;
  readonly stackId = uuid();
  private counter = 0;

  constructor(
    options: AliyunHostOptions = {},
    readonly regionName = 'cn-beijing',
    private readonly scale = 1 / 600,
  ) {
    this.hosts = new AliyunHosts(this.world, this.objects, options, clock, () => undefined);
    this.region().stacks[this.stackId] = { id: this.stackId } as Stack;
  }

  region(name = this.regionName) {
    return regionOf(this.world, ACCOUNT, name);
  }

  get aliyun() {
    return this.region().aliyun;
  }

  handler(type: string): Handler {
    const found = aliyunHandlers[`ALIYUN::${type}`];
    if (!found) throw new Error(`no handler of ${type}`);
    return found;
  }

  context(logicalId: string, type: string, region = this.regionName): Context {
    return {
      world: this.world,
      account: accountOf(this.world, ACCOUNT),
      region: this.region(region),
      stackName: 'bench',
      stackId: this.stackId,
      logicalId,
      type,
      stackTags: {},
      hosts: this.hosts,
      signals: undefined,
      clock,
      takes: async () => undefined,
      scaled: (milliseconds) => milliseconds * this.scale,
      cancelled: new AbortController().signal,
      note: () => undefined,
      regionOf: (name, account) => regionOf(this.world, account ?? ACCOUNT, name),
    };
  }

  /** Makes a resource. */
  async make(type: string, properties: object = {}, at: { region?: string; logicalId?: string } = {}): Promise<Standing> {
    const logicalId = at.logicalId ?? `R${++this.counter}`;
    const p = properties as JsonObject;
    const made: Made = await this.handler(type).create(this.context(logicalId, type, at.region), p);
    return { type, logicalId, id: made.physicalId, properties: p, attributes: (made.attributes ?? {}) as JsonObject };
  }

  /** Changes it in place. */
  async change(standing: Standing, properties: object): Promise<void> {
    const p = properties as JsonObject;
    const changed = changedKeys(standing.properties, p);
    const context = this.context(standing.logicalId, standing.type);
    await this.handler(standing.type).update?.(context, standing.id, p, standing.properties, changed);
    standing.properties = p;
  }

  async drop(standing: Standing, region?: string): Promise<void> {
    await this.handler(standing.type).delete(
      this.context(standing.logicalId, standing.type, region),
      standing.id,
      standing.properties,
    );
  }

  /** The resource's properties as they are now; undefined: it is gone. */
  read(standing: Standing): JsonObject | undefined {
    return this.handler(standing.type).read?.(this.context(standing.logicalId, standing.type), standing.id, standing.properties);
  }

  /** The code of the error that making a resource ends in. */
  async refusal(type: string, properties: object, at: { region?: string } = {}): Promise<string> {
    return this.code(this.make(type, properties, at));
  }

  /** The code of the error that something ends in. */
  async code(work: Promise<unknown>): Promise<string> {
    try {
      await work;
    } catch (e) {
      return (e as { code?: string }).code ?? String(e);
    }
    return 'none';
  }

  /** A VPC 10.1.0.0/16 with a vSwitch 10.1.<n>.0/24 a zone, and a group. */
  async network(zones = ['a', 'b'], cidr = '10.1') {
    const vpc = await this.make('ECS::VPC', { CidrBlock: `${cidr}.0.0/16` });
    const vSwitches: Standing[] = [];
    for (const [n, z] of zones.entries())
      vSwitches.push(
        await this.make('ECS::VSwitch', { VpcId: vpc.id, ZoneId: `${this.regionName}-${z}`, CidrBlock: `${cidr}.${n}.0/24` }),
      );
    const group = await this.make('ECS::SecurityGroup', { VpcId: vpc.id });
    return { vpc, vSwitches, group, table: String(vpc.attributes.RouteTableId) };
  }

  /** A role that instances may have. */
  role(name = 'host'): Promise<Standing> {
    return this.make('RAM::Role', {
      RoleName: name,
      AssumeRolePolicyDocument: {
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }],
      },
    });
  }

  /** Publishes a configuration as `meissa deploy` does, and gives its digest. */
  publish(bucket: string, folder: string, text: string): string {
    const digest = sha256(text);
    for (const [key, bytes] of [
      [digest, Buffer.from(text)],
      ['manifest', Buffer.from(`meissa-config 1\n${digest}\n`)],
    ] as const)
      (this.world.ossBuckets[bucket] as { objects: object }).objects = {
        ...this.world.ossBuckets[bucket]?.objects,
        [folder + key]: {
          digest: this.objects.write(bytes),
          size: bytes.length,
          etag: '',
          type: 'text/plain',
          modified: new Date().toISOString(),
          metadata: {},
          checksums: {},
        },
      };
    return digest;
  }

  close(): void {
    this.hosts.close();
  }
}

/** User data as a member's bootstrap begins. */
export const bootstrap = (bucket: string, folder: string, region = 'cn-beijing'): string =>
  `#cloud-config\nbootcmd:\n-\n - python3\n - -c\n - |\n  R,B,K='${region}','${bucket}','${folder}'\n  import hashlib\n`;

/** Waits until something holds, at most two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 2000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
