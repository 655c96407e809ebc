import { Engine } from '../../engine/engine';
import type { Machine } from '../../engine/machine';
import type { Backend } from '../backend';
import type { Protocol } from '../http/exchange';
import type { AccessKey } from '../keys';
import { type Region, regionOf, type World } from '../store/world';
import { worldServices } from '../world-services';
import { AwsError } from './aws-error';
import { cloudFormationDialect } from './dialect';
import { signalResource } from './dialect/creation-policy';
import type { SpecExtract } from './dialect/schema';
import type { SendSignal } from './hosts/hosts';
import { inventoryOf, type RegionInventory } from './inventory';
import { handlerOf } from './resources';
import { terminate } from './resources/ec2/launch';
import { instanceOf } from './resources/ec2/lookup';
import type { Services } from './resources/handler';
import { dispatch } from './services/dispatch';
import { awsProtocol } from './signature/authenticate';

/** AWS's side of an embedded cloud. */
export interface EmbeddedAws {
  /** The account that `env` and what names no other are of. */
  readonly account: string;
  readonly partition: string;
  /** An AWS account's own access key, made for this run; default: of `account`. Any other key is refused. */
  key(account?: string): AccessKey;
  /** The environment that the CDK CLI and AWS SDKs need to talk to it. */
  env(region?: string): Record<string, string>;
  /** What stands in a region. */
  inventory(region: string, account?: string): RegionInventory;
  /** The region's own records. */
  region(name: string, account?: string): Region;
  /** Signals a resource, as a host does. */
  signal(region: string, stack: string, logicalId: string, uniqueId: string, status?: 'SUCCESS' | 'FAILURE'): void;
  /** Terminates an instance behind CloudFormation's back. */
  terminate(region: string, instanceId: string): void;
}

/** CloudFormation's engine over a world. */
export const cloudFormationEngine = (
  machine: Omit<Machine, 'services' | 'handler' | 'dialect'>,
  world: World,
  spec: () => SpecExtract,
  backend: () => Backend,
): Engine => {
  const own: Machine<Services> = {
    ...machine,
    services: (stack) => {
      const { hosts, functions } = backend();
      return { ...worldServices(world, stack), partition: world.partition, hosts, functions };
    },
    handler: handlerOf,
    dialect: cloudFormationDialect(world, spec),
  };
  return new Engine(own);
};

/** How simulated hosts signal their gates. */
export const gateSignals =
  (backend: () => Backend): SendSignal =>
  (region, gate, instanceId, status) => {
    const { engine } = backend();
    const stack = engine.find(region, gate.stack);
    if (!stack) return 'later';
    try {
      signalResource(engine.machine.signals, stack, gate.resource, instanceId, status);
      return 'taken';
    } catch {
      return /_COMPLETE$/.test(stack.resources[gate.resource]?.status ?? '') ? 'over' : 'later';
    }
  };

/**
 * Builds AWS's side over a backend.
 *
 * @param home a folder for what the CDK CLI keeps of accounts, apart from the user's own
 */
export function embedAws(
  backend: Backend,
  account: string,
  home: string,
  url: () => string,
  unexpected: (error: unknown) => void,
): { aws: EmbeddedAws; protocols: Protocol[] } {
  const { world, engine, keys, hosts } = backend;
  const key = (of = account) => keys.ownKey('aws', of);
  const region = (name: string, of = account) => regionOf(world, of, name);
  const aws: EmbeddedAws = {
    account,
    partition: world.partition,
    key,
    env: (name = world.partition === 'aws-cn' ? 'cn-north-1' : 'us-east-1') => ({
      AWS_ENDPOINT_URL: url(),
      AWS_ENDPOINT_URL_S3: url(),
      AWS_ACCESS_KEY_ID: key().id,
      AWS_SECRET_ACCESS_KEY: key().secret,
      AWS_REGION: name,
      AWS_DEFAULT_REGION: name,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DEFAULT_ACCOUNT: account,
      CDK_DEFAULT_REGION: name,
      // The CLI keeps which account an access key is of; a folder of its own keeps it from real ones.
      CDK_HOME: home,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
    }),
    inventory: (name, of) => inventoryOf(region(name, of)),
    region,
    signal: (name, stack, logicalId, uniqueId, status = 'SUCCESS') =>
      signalResource(engine.machine.signals, engine.stack(region(name), stack), logicalId, uniqueId, status),
    terminate: (name, instanceId) => {
      const found = instanceOf(region(name), instanceId);
      if (found.terminationProtection)
        throw new AwsError('OperationNotPermitted', `The instance '${instanceId}' may not be terminated.`);
      terminate(region(name), hosts, found);
      backend.changed();
    },
  };
  return { aws, protocols: [awsProtocol(keys, (request) => dispatch(backend, request, unexpected))] };
}
