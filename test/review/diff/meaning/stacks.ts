/** Stacks of a few resources, for what a change of one of them means. */
import { diffStacks, type Meaning, type StackState } from '../../../../lib/review/diff';
import type { JsonObject } from '../../../../lib/review/diff/model/json';

export type Resources = Readonly<Record<string, JsonObject>>;

/** `aws`: us-east-1/core-storage-1; `aliyun`: cn-beijing/core-storage-1. */
export function stack(resources: Resources, provider: StackState['provider'] = 'aws', rest: JsonObject = {}): StackState {
  const region = provider === 'aws' ? 'us-east-1' : 'cn-beijing';
  const template = { Resources: resources, ...rest };
  return { path: `${region}/core-storage-1`, name: `${region}-core-storage-1`, provider, region, template };
}

export function meanings(before: Resources, after: Resources, provider: StackState['provider'] = 'aws'): readonly Meaning[] {
  return diffStacks(stack(before, provider), stack(after, provider)).meanings;
}

/** One resource whose properties change. */
export function changed(Type: string, before: object, after: object, provider: StackState['provider'] = 'aws', id = 'Thing') {
  const of = (properties: object) => ({ [id]: { Type, Properties: properties } as JsonObject });
  return meanings(of(before), of(after), provider);
}

/** A member's instance, with its name. */
export function instance(properties: object = {}, rest: object = {}): JsonObject {
  return {
    Type: 'AWS::EC2::Instance',
    Properties: {
      InstanceType: 'm5.large',
      MetadataOptions: { HttpPutResponseHopLimit: 1, HttpTokens: 'required' },
      Tags: [{ Key: 'Name', Value: 'us-east-1-core-storage-1' }],
      ...properties,
    },
    ...rest,
  };
}

/** `security imds-without-token`. */
export function brief(found: readonly Meaning[]): string[] {
  return found.map(({ severity, kind }) => `${severity} ${kind}`);
}
