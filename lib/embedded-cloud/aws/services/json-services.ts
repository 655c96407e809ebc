import { clock } from '../../../engine/clock';
import type { JsonObject } from '../../../engine/json';
import type { Backend } from '../../backend';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { VALUE_LIMIT } from '../resources/parameters';
import type { Parameter } from '../world/records';
import { partitionOf } from '../world/zones';
import { createSecret, getSecretValue, putSecretValue } from './secrets';

type Call = (backend: Backend, region: Region, input: JsonObject) => unknown;

const told = (region: Region, p: Parameter) => ({
  Name: p.name,
  Type: p.type,
  Value: p.value,
  Version: p.version,
  LastModifiedDate: Date.parse(p.modified) / 1000,
  ARN: `arn:${partitionOf(region.name)}:ssm:${region.name}:${region.account}:parameter${p.name}`,
  DataType: 'text',
});

const changed = <T>(backend: Backend, answer: T): T => {
  backend.changed();
  return answer;
};

/** Calls of the services that speak JSON, by their `x-amz-target`. */
const calls: Record<string, Call> = {
  'AmazonSSM.GetParameter': (_b, region, input) => {
    const found = region.parameters[String(input.Name)];
    if (!found) throw new AwsError('ParameterNotFound', '');
    return { Parameter: told(region, found) };
  },
  'AmazonSSM.GetParameters': (_b, region, input) => {
    const names = Array.isArray(input.Names) ? input.Names.map(String) : [];
    return {
      Parameters: names.flatMap((n) => (region.parameters[n] ? [told(region, region.parameters[n])] : [])),
      InvalidParameters: names.filter((n) => !region.parameters[n]),
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
    if (Buffer.byteLength(value) > VALUE_LIMIT)
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
  'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories': (_b, region, input) => {
    const wanted = Array.isArray(input.repositoryNames) ? input.repositoryNames.map(String) : undefined;
    const found = Object.values(region.things).filter(
      (t) => t.type === 'AWS::ECR::Repository' && (!wanted || wanted.includes(t.id)),
    );
    if (wanted && found.length === 0)
      throw new AwsError(
        'RepositoryNotFoundException',
        `The repository with name '${wanted[0]}' does not exist in the registry with id '${region.account}'`,
      );
    return {
      repositories: found.map((t) => ({
        repositoryName: t.id,
        registryId: region.account,
        repositoryUri: `${region.account}.dkr.ecr.${region.name}.amazonaws.com/${t.id}`,
      })),
    };
  },
};

/** One call of a JSON service. */
export function jsonService(backend: Backend, region: Region, target: string, input: JsonObject): unknown {
  const call = calls[target];
  if (!call) throw new AwsError('UnknownOperationException', `${target} is not in the embedded cloud`);
  return call(backend, region, input);
}
