import type { JsonObject } from '../../../engine/json';
import { NAMES } from '../../../facts/aws/names';
import { obj, str } from '../../properties';
import { AwsError } from '../aws-error';
import { generatedName } from '../ids';
import type { Context, Handler } from './handler';
import { arn, must, urlSuffix } from './values';

const attributesOf = (c: Context, name: string) => ({
  Arn: `arn:${c.partition}:s3:::${name}`,
  DomainName: `${name}.s3.${urlSuffix(c.partition)}`,
  RegionalDomainName: `${name}.s3.${c.region.name}.${urlSuffix(c.partition)}`,
  DualStackDomainName: `${name}.s3.dualstack.${c.region.name}.${urlSuffix(c.partition)}`,
  WebsiteURL: `http://${name}.s3-website-${c.region.name}.${urlSuffix(c.partition)}`,
});

const versioned = (p: JsonObject) => obj(p, 'VersioningConfiguration')?.Status === 'Enabled';

/** AWS::S3::Bucket: names are taken over all accounts. */
export const bucket: Handler = {
  create(c, p) {
    const name =
      str(p, 'BucketName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::S3::Bucket BucketName'].most).toLowerCase();
    const other = c.world.buckets[name];
    if (other)
      throw new AwsError(
        other.account === c.account.id ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists',
        `${name} already exists`,
        409,
      );
    c.world.buckets[name] = {
      name,
      region: c.region.name,
      account: c.account.id,
      created: c.clock.now(),
      versioned: versioned(p),
      properties: p,
      objects: {},
    };
    return { physicalId: name, attributes: attributesOf(c, name) };
  },
  update(c, name, p) {
    Object.assign(must(c.world.buckets, name, 'NoSuchBucket', 'The specified bucket does not exist'), {
      properties: p,
      versioned: versioned(p),
    });
    return { attributes: attributesOf(c, name) };
  },
  delete(c, name) {
    if (Object.keys(c.world.buckets[name]?.objects ?? {}).length > 0)
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    delete c.world.buckets[name];
  },
  read(c, name, p) {
    const found = c.world.buckets[name];
    if (found === undefined || found.versioned === versioned(p)) return found && p;
    return { ...p, VersioningConfiguration: { Status: found.versioned ? 'Enabled' : 'Suspended' } };
  },
};

/** AWS::S3::BucketPolicy */
export const bucketPolicy: Handler = {
  create(c, p) {
    const name = str(p, 'Bucket') ?? '';
    const found = must(c.world.buckets, name, 'NoSuchBucket', 'The specified bucket does not exist');
    if (found.policy) throw new AwsError('AlreadyExists', `The bucket policy already exists on bucket ${name}.`);
    found.policy = obj(p, 'PolicyDocument');
    return { physicalId: name };
  },
  update(c, name, p) {
    must(c.world.buckets, name, 'NoSuchBucket', 'The specified bucket does not exist').policy = obj(p, 'PolicyDocument');
    return undefined;
  },
  delete(c, name) {
    const found = c.world.buckets[name];
    if (found) found.policy = undefined;
  },
  read: (c, name, p) => c.world.buckets[name]?.policy && p,
};

/** AWS::ECR::Repository */
export const repository: Handler = {
  create(c, p) {
    const name =
      str(p, 'RepositoryName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::ECR::Repository RepositoryName'].most).toLowerCase();
    const id = `AWS::ECR::Repository ${name}`;
    if (c.region.things[id])
      throw new AwsError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${name}' already exists in the registry with id '${c.account.id}'`,
      );
    c.region.things[id] = { id: name, type: 'AWS::ECR::Repository', properties: p };
    const uri = `${c.account.id}.dkr.ecr.${c.region.name}.${urlSuffix(c.partition)}/${name}`;
    return { physicalId: name, attributes: { Arn: arn(c, 'ecr', `repository/${name}`), RepositoryUri: uri } };
  },
  update: () => undefined,
  delete(c, name) {
    delete c.region.things[`AWS::ECR::Repository ${name}`];
  },
  read: (c, name, p) => c.region.things[`AWS::ECR::Repository ${name}`] && p,
};
