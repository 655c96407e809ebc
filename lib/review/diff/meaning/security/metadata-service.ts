/** Hosts whose metadata service answers without a token, or farther away: whoever makes a program fetch an address gets the role's credentials. */
import { objectOf } from '../../model/json';
import type { Resource } from '../context';
import { newly, type SecurityRule, standing, type Words, weakness } from './weakness';

const TYPES: ReadonlySet<string> = new Set([
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'ALIYUN::ECS::Instance',
  'ALIYUN::ESS::ScalingConfiguration',
  'ALIYUN::ECS::LaunchTemplate',
]);

/** Where a type says it, and what holds where it says nothing. Sources: "AWS::EC2::Instance MetadataOptions", "RunInstances" of ECS (HttpTokens: optional). */
function optionsOf({ Type, Properties }: Resource): { property: string; tokens: unknown; hops: number; enabled: boolean } {
  const [property, options] =
    Type === 'AWS::EC2::Instance'
      ? ['MetadataOptions', objectOf(Properties.MetadataOptions)]
      : Type === 'AWS::EC2::LaunchTemplate'
        ? ['LaunchTemplateData', objectOf(objectOf(Properties.LaunchTemplateData).MetadataOptions)]
        : ['HttpTokens', Properties];
  return {
    property,
    tokens: options.HttpTokens ?? 'optional',
    hops: Number(options.HttpPutResponseHopLimit ?? 1),
    enabled: options.HttpEndpoint !== 'disabled',
  };
}

const withoutToken = (resource: Resource) => {
  const { tokens, enabled } = optionsOf(resource);
  return enabled && tokens !== 'required';
};

/** On Aliyun members come so: what reads user-data there knows no token. There only what was refused before is said. */
export const imdsNeedsNoToken: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) => {
    const expected = context.change.provider === 'aliyun' && resource.before === undefined;
    if (expected || !newly(resource, withoutToken)) return [];
    const { property } = optionsOf(resource.after);
    const words = getting(`IMDSv1: a program that is made to fetch an address gives the credentials of the host's role away`);
    return [weakness(context, resource, property, 'imds-without-token', words)];
  });

export const imdsReachesFarther: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) => {
    const [old, now] = [resource.before === undefined ? 1 : optionsOf(resource.before).hops, optionsOf(resource.after).hops];
    if (!(now > old)) return [];
    const { property } = optionsOf(resource.after);
    const words = getting(
      `a metadata service that answers over ${now} hops (was ${old}): containers get the credentials of the host's role`,
    );
    return [weakness(context, resource, property === 'HttpTokens' ? 'HttpPutResponseHopLimit' : property, 'imds-farther', words)];
  });

const getting = (what: string): Words => ({ hosts: `get ${what}`, thing: `gives hosts ${what}` });
