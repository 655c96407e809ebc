import { type EmbeddedCloud, type EmbeddedCloudOptions, startEmbeddedCloud } from '../../lib/embedded-cloud';
import type { AccessKey } from '../../lib/embedded-cloud/keys';
import type { ParameterInput, Stack } from '../../lib/engine/stack';

/** A template's resources as tests write them. */
export type Resources = Record<string, { Type: string; Properties?: object; [attribute: string]: unknown }>;

/** A key as AWS's SDKs want it. */
export const credentialsOf = ({ id, secret, securityToken }: AccessKey) => ({
  accessKeyId: id,
  secretAccessKey: secret,
  ...(securityToken === undefined ? {} : { sessionToken: securityToken }),
});

/** What else a test says of a deploy. */
export interface DeployOptions {
  outputs?: object;
  sections?: object;
  parameters?: ParameterInput[];
  disableRollback?: boolean;
  policy?: string;
  tags?: Record<string, string>;
  capabilities?: string[];
  terminationProtection?: boolean;
}

/** Drives the engine in process, without HTTP. */
export class Driver {
  private constructor(
    readonly cloud: EmbeddedCloud,
    readonly regionName: string,
    readonly account?: string,
  ) {}

  static async start(options: EmbeddedCloudOptions = {}, region = 'sa-east-1'): Promise<Driver> {
    return new Driver(await startEmbeddedCloud(options), region);
  }

  /** Another region, or another account, of the same cloud. */
  at(region: string, account?: string): Driver {
    return new Driver(this.cloud, region, account);
  }

  get region() {
    return this.cloud.region(this.regionName, this.account);
  }

  get inventory() {
    return this.cloud.inventory(this.regionName, this.account);
  }

  /** Creates or updates a stack and waits for the end of it. */
  async deploy(name: string, resources: Resources, options: DeployOptions = {}): Promise<Stack> {
    const { engine } = this.cloud;
    const { outputs, sections, parameters = [], capabilities = ['CAPABILITY_NAMED_IAM'], ...rest } = options;
    const body = JSON.stringify({ Resources: resources, Outputs: outputs, ...sections });
    const request = { name, body, parameters, capabilities, ...rest };
    const standing = engine.find(this.region, name);
    const stack = standing ? engine.update(this.region, request) : engine.create(this.region, request);
    await engine.settled(stack.id, 20_000);
    return stack;
  }

  async delete(name: string, retain: string[] = []): Promise<Stack> {
    const { engine } = this.cloud;
    const stack = engine.stack(this.region, name);
    engine.delete(this.region, name, retain);
    await engine.settled(stack.id, 20_000);
    return stack;
  }

  /** The reason why a stack can't be made; it is rolled back, and gone afterwards. */
  async fault(resources: Resources): Promise<string> {
    const stack = await this.deploy('wrong', resources);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    await this.delete('wrong');
    return this.failures(stack)[0] ?? '';
  }

  /** A stack's history as `Logical STATUS` lines, without the stack's own. */
  lines(stack: Stack, from = 0): string[] {
    return stack.events
      .slice(from)
      .filter((e) => e.logicalId !== stack.name)
      .map((e) => `${e.logicalId} ${e.status}`);
  }

  /** The reasons of failures, oldest first. */
  failures(stack: Stack): string[] {
    return stack.events.filter((e) => e.status.endsWith('_FAILED') && e.logicalId !== stack.name).map((e) => e.reason ?? '');
  }

  close(): Promise<void> {
    return this.cloud.close();
  }
}

/** A VPC with one subnet a zone: 10.0.0.0/16, subnets 10.0.<n>.0/24. */
export const network = (zones: string[], region = 'sa-east-1'): Resources => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  ...Object.fromEntries(
    zones.map((zone, n) => [
      `Subnet${n}`,
      {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: `10.0.${n}.0/24`, AvailabilityZone: region + zone },
      },
    ]),
  ),
});

/** Outputs that export the network. */
export const networkExports = (zones: string[]): object =>
  Object.fromEntries(zones.map((_z, n) => [`Subnet${n}`, { Value: { Ref: `Subnet${n}` }, Export: { Name: `net-Subnet${n}` } }]));

export const IMAGE = 'ami-0123456789abcdef0';
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
