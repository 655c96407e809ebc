/** Mistakes with what is kept and who may do what, in an estate of two AWS regions. */
import { type Mutant, mutants } from './mutant';

const BASE = 'eu-west-1/base';

export const awsRights: Mutant[] = mutants('overseas', [
  {
    what: 'the key of disks without Retain',
    names: /Key|key/,
    apply: (draft) => {
      const key = draft.resource(BASE, 'Key');
      key.DeletionPolicy = 'Delete';
      key.UpdateReplacePolicy = 'Delete';
    },
  },
  {
    what: 'the bucket without Retain',
    names: /[Bb]ucket/,
    apply: (draft) => {
      const bucket = draft.resource(BASE, 'ArtifactBucket');
      delete bucket.DeletionPolicy;
      delete bucket.UpdateReplacePolicy;
    },
  },
  {
    what: 'public access to the bucket not blocked',
    names: /[Bb]ucket/,
    apply: (draft) => {
      delete draft.properties(BASE, 'ArtifactBucket').PublicAccessBlockConfiguration;
    },
  },
  {
    what: 'a bucket that keeps no versions',
    names: /[Bb]ucket/,
    apply: (draft) => {
      draft.properties(BASE, 'ArtifactBucket').VersioningConfiguration.Status = 'Suspended';
    },
  },
  { what: 'plain HTTP to the bucket', names: /[Bb]ucket/, apply: (draft) => draft.remove(BASE, 'ArtifactBucketPolicy') },
  {
    what: 'anybody reads the bucket',
    names: /[Bb]ucket/,
    apply: (draft) => {
      draft.properties(BASE, 'ArtifactBucketPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: '*',
      });
    },
  },
  {
    what: "the key's policy without its conditions",
    names: /[Kk]ey/,
    apply: (draft) => {
      delete draft.properties(BASE, 'Key').KeyPolicy.Statement[1].Condition;
    },
  },
  {
    what: 'a key that is never rotated',
    names: /Key/,
    apply: (draft) => {
      draft.properties(BASE, 'Key').EnableKeyRotation = false;
    },
  },
  {
    what: 'hosts may do everything (action *)',
    names: /RoleCoreVoters|core-voters|voters/,
    apply: (draft) => {
      draft.properties(BASE, 'RoleCoreVoters').Policies[0].PolicyDocument.Statement[0].Action = '*';
    },
  },
  {
    what: 'hosts read every object (resource *)',
    names: /RoleCoreVoters|core-voters|voters/,
    apply: (draft) => {
      draft.properties(BASE, 'RoleCoreVoters').Policies[0].PolicyDocument.Statement[0].Resource = '*';
    },
  },
  {
    what: "anybody takes the hosts' role",
    names: /RoleCoreVoters|core-voters|voters/,
    apply: (draft) => {
      draft.properties(BASE, 'RoleCoreVoters').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' };
    },
  },
  {
    what: "hosts may not signal their stack's gates",
    names: /SignalResource/,
    apply: (draft) => {
      const { PolicyDocument } = draft.properties(BASE, 'RoleCoreVoters').Policies[0];
      PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Sid }: { Sid: string }) => Sid !== 'SignalOwnStacks');
    },
  },
]);
