import { clock } from '../../../engine/clock';
import type { JsonObject } from '../../../engine/json';
import { STORED_VALUE } from '../../../facts/aws/requests';
import type { Backend } from '../../backend';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { parameterOf } from '../world/parameters';
import type { Parameter } from '../world/records';
import { partitionOf } from '../world/zones';
import { kmsCalls } from './kms';
import { registryCalls } from './registry';
import { createSecret, getSecretValue, putSecretValue } from './secrets';

/** One call of a JSON service. */
export type Call = (backend: Backend, region: Region, input: JsonObject) => unknown;

const told = (region: Region, p: Parameter) => ({
  Name: p.name,
  Type: p.type,
  Value: p.value,
  Version: p.version,
  LastModifiedDate: Date.parse(p.modified) / 1000,
  ARN: `arn:${partitionOf(region.name)}:ssm:${region.name}:${p.name.startsWith('/aws/') ? '' : region.account}:parameter${p.name}`,
  DataType: 'text',
});

/** Parameters of one answer by a path at most ("GetParametersByPath"). */
const BY_PATH = 10;

const changed = <T>(backend: Backend, answer: T): T => {
  backend.changed();
  return answer;
};

/** Calls of the services that speak JSON, by their `x-amz-target`. */
const calls: Record<string, Call> = {
  'AmazonSSM.GetParameter': (b, region, input) => {
    const found = parameterOf(b.world, region, String(input.Name));
    if (!found) throw new AwsError('ParameterNotFound', '');
    return { Parameter: told(region, found) };
  },
  'AmazonSSM.GetParameters': (b, region, input) => {
    const names = Array.isArray(input.Names) ? input.Names.map(String) : [];
    if (names.length < 1 || names.length > 10)
      throw new AwsError('ValidationException', "Member must have length between 1 and 10: 'names'");
    const found = names.map((name) => [name, parameterOf(b.world, region, name)] as const);
    return {
      Parameters: found.flatMap(([, parameter]) => (parameter === undefined ? [] : [told(region, parameter)])),
      InvalidParameters: found.filter(([, parameter]) => parameter === undefined).map(([name]) => name),
    };
  },
  'AmazonSSM.GetParametersByPath': (_b, region, input) => {
    const path = `${String(input.Path).replace(/\/+$/, '')}/`;
    const below = Object.values(region.parameters)
      .filter(({ name }) => name.startsWith(path) && (input.Recursive === true || !name.slice(path.length).includes('/')))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const from = Number(input.NextToken ?? 0);
    const next = from + Math.min(BY_PATH, Number(input.MaxResults ?? BY_PATH));
    return {
      Parameters: below.slice(from, next).map((parameter) => told(region, parameter)),
      ...(next < below.length ? { NextToken: String(next) } : {}),
    };
  },
  'AmazonSSM.PutParameter': (b, region, input) => {
    const name = String(input.Name);
    const value = String(input.Value);
    const before = region.parameters[name];
    if (before && input.Overwrite !== true)
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    if (value.length > STORED_VALUE.standard)
      throw new AwsError('ValidationException', 'Standard tier parameters support a maximum parameter value of 4096 characters.');
    const version = (before?.version ?? 0) + 1;
    region.parameters[name] = {
      name,
      value,
      type: String(input.Type ?? before?.type ?? 'String'),
      version,
      modified: clock.now(),
    };
    b.changed();
    return { Version: version, Tier: 'Standard' };
  },
  'AmazonSSM.DeleteParameter': (b, region, input) => {
    if (!region.parameters[String(input.Name)]) throw new AwsError('ParameterNotFound', '');
    delete region.parameters[String(input.Name)];
    b.changed();
    return {};
  },
  'secretsmanager.GetSecretValue': (_b, region, input) => getSecretValue(region, input),
  'secretsmanager.CreateSecret': (b, region, input) => changed(b, createSecret(region, input)),
  'secretsmanager.PutSecretValue': (b, region, input) => changed(b, putSecretValue(region, input)),
  'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents': () => ({ Events: [] }),
  ...registryCalls,
  ...kmsCalls,
};

/** One call of a JSON service. */
export function jsonService(backend: Backend, region: Region, target: string, input: JsonObject): unknown {
  const call = calls[target];
  if (!call) throw new AwsError('UnknownOperationException', `${target} is not in the embedded cloud`);
  return call(backend, region, input);
}
