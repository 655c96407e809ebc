/** Mistakes with hosts, their disks and their order, in an estate of two AWS regions. */
import type { Anything } from '../estate/written';
import { type Draft, replaced } from './draft';
import { type Mutant, mutants } from './mutant';

const VOTERS = 'eu-west-1/core-voters';
const WORKERS = 'us-east-1/core-worker-1';
const BASE = 'eu-west-1/base';

const first = (draft: Draft, stack = VOTERS): Anything => draft.properties(stack, 'M1InstanceG1');

/** Gives resources another logical id, wherever the template speaks of them. */
export function renamed(draft: Draft, stack: string, from: RegExp, to: string): void {
  const template = draft.template(stack);
  const text = replaced(from, to)(JSON.stringify(template));
  Object.assign(template, JSON.parse(text));
}

function withoutOrder(draft: Draft, stack: string): void {
  for (const id of draft.ids(stack, /^M\d+Instance/)) delete draft.resource(stack, id).DependsOn;
}

/** Members follow each other, but nobody waits until the one before is well. */
export function withoutGates(draft: Draft, stack: string): void {
  draft.remove(stack, /^M\d+Gate/);
  const ids = draft.ids(stack, /^M\d+Instance/);
  ids.forEach((id, i) => {
    if (i > 0) draft.resource(stack, id).DependsOn = [ids[i - 1]];
  });
}

const withoutTag = (key: string) => (draft: Draft) => {
  const properties = first(draft);
  properties.Tags = properties.Tags.filter((tag: Anything) => tag.Key !== key);
};

export const awsHosts: Mutant[] = mutants('overseas', [
  {
    what: 'voters no longer follow each other (DependsOn)',
    roll: 'standing',
    names: /core-voters/,
    apply: (draft) => withoutOrder(draft, VOTERS),
  },
  {
    what: 'no gate between voters',
    roll: 'standing',
    names: /core-voters/,
    apply: (draft) => withoutGates(draft, VOTERS),
  },
  {
    what: 'no gate between members that do not vote',
    roll: 'standing',
    names: /core-worker/,
    apply: (draft) => withoutGates(draft, WORKERS),
  },
  {
    what: "a gate's logical id is the same whatever changes",
    roll: 'standing',
    names: /core-voters/,
    apply: (draft) => renamed(draft, VOTERS, /(M\d+Gate)[0-9a-f]{10}/g, '$1'),
  },
  {
    what: "the tag that names a voter's gate is missing",
    roll: 'arriving',
    names: /core-voters/,
    apply: withoutTag('meissa:gate'),
  },
  {
    what: 'a gate waits one second',
    roll: 'arriving',
    names: /core-voters/,
    apply: (draft) => {
      for (const id of draft.ids(VOTERS, /^M\d+Gate/)) draft.resource(VOTERS, id).CreationPolicy.ResourceSignal.Timeout = 'PT1S';
    },
  },
  {
    what: 'all workers of a fleet at once (DependsOn)',
    roll: 'standing',
    names: /core-worker.*(at once|beside)/s,
    apply: (draft) => withoutOrder(draft, WORKERS),
  },
  { what: 'the tag that names a data volume is missing', names: /core-voters-1/, apply: withoutTag('meissa:volume:etcd') },
  {
    what: 'user-data cut in the middle',
    names: /core-voters/,
    apply: (draft) => {
      const fleet = draft.template(VOTERS).Mappings.UserData.Fleet;
      const [key] = Object.keys(fleet);
      fleet[key!] = fleet[key!].slice(0, Math.floor(fleet[key!].length / 8) * 4);
    },
  },
  {
    what: 'a member fewer',
    names: /core-voters-3/,
    apply: (draft) => {
      draft.remove(VOTERS, /^M3/);
      const { Metrics } = draft.properties(VOTERS, 'HostsFailing');
      Metrics[0].Expression = 'MAX([m1, m2])';
      Metrics.pop();
    },
  },
  {
    what: "an instance's logical id is another one",
    names: /core-voters-1/,
    apply: (draft) => renamed(draft, VOTERS, /M1InstanceG1/g, 'M1InstanceG2'),
  },
  {
    what: "an interface's logical id is another one",
    names: /core-voters-1/,
    apply: (draft) => renamed(draft, VOTERS, /M1Interface/g, 'M1InterfaceG2'),
  },
  {
    what: "a volume's logical id is another one",
    names: /core-voters-1/,
    apply: (draft) => renamed(draft, VOTERS, /M1VolumeEtcd/g, 'M1VolumeEtcdG2'),
  },
  {
    what: 'the latest image instead of the pinned one',
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).ImageId = 'ami-0fffffffffffffff0';
    },
  },
  {
    what: 'a member in another zone',
    names: /core-voters-1/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Interface').SubnetId = draft.properties(VOTERS, 'M2Interface').SubnetId;
      draft.properties(VOTERS, 'M1Interface').PrivateIpAddress = '10.2.40.99';
    },
  },
  {
    what: 'an address shifted by one',
    names: /core-voters-1/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Interface').PrivateIpAddress = '10.2.8.17';
    },
  },
  {
    what: 'a data volume in another zone',
    names: /core-voters-1/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Volume').AvailabilityZone = 'eu-west-1b';
    },
  },
  {
    what: 'a data volume without Retain',
    names: /core-voters-1/,
    apply: (draft) => {
      const volume = draft.resource(VOTERS, 'M1Volume');
      delete volume.DeletionPolicy;
      delete volume.UpdateReplacePolicy;
    },
  },
  {
    what: 'a data volume forgotten',
    names: /core-voters-1/,
    apply: (draft) => {
      draft.remove(VOTERS, 'M1Volume');
      const instance = first(draft);
      delete instance.Volumes;
      instance.Tags = instance.Tags.filter((tag: Anything) => tag.Key !== 'meissa:volume:etcd');
    },
  },
  {
    what: 'a data volume not encrypted',
    names: /core-voters-1/,
    apply: (draft) => {
      const volume = draft.properties(VOTERS, 'M1Volume');
      volume.Encrypted = false;
      delete volume.KmsKeyId;
    },
  },
  {
    what: 'a smaller data volume',
    names: /core-voters-1/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Volume').Size = 10;
    },
  },
  {
    what: 'a root disk not encrypted',
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).BlockDeviceMappings[0].Ebs = { VolumeSize: 20, VolumeType: 'gp3' };
    },
  },
  {
    what: 'IMDS without a token',
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).MetadataOptions.HttpTokens = 'optional';
    },
  },
  {
    what: 'IMDS within reach of containers (hop limit)',
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).MetadataOptions.HttpPutResponseHopLimit = 2;
    },
  },
  {
    what: "a host can't read its tags",
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).MetadataOptions.InstanceMetadataTags = 'disabled';
    },
  },
  {
    what: 'source/destination check on at a host-gw host',
    names: /core-voters-1|M1Interface/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Interface').SourceDestCheck = true;
    },
  },
  {
    what: 'a host without the group of its fleet',
    names: /core-voters-1|M1Interface/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1Interface').GroupSet.shift();
    },
  },
  {
    what: "a host with another fleet's rights",
    names: /core-voters-1/,
    apply: (draft) => {
      first(draft).IamInstanceProfile = 'hybrid-eu-west-1-core-worker';
    },
  },
  { what: 'no alarm on failing hosts', names: /fails its status checks/, apply: (draft) => draft.remove(VOTERS, 'HostsFailing') },
  {
    what: 'an alarm that never rings',
    names: /fails its status checks/,
    apply: (draft) => {
      draft.properties(VOTERS, 'HostsFailing').Threshold = 1000;
    },
  },
  {
    what: 'automatic rollback of a quorum stack',
    names: /rolls? ?back/,
    apply: (draft) =>
      draft.deployedAs(VOTERS, { disableRollback: false }, (text) => text, {
        path: /core-?voters.*metadata\.json$/,
        edit: replaced(/"rollback": ?false/, '"rollback": true'),
      }),
  },
  {
    what: 'no protection of what holds data against deletion',
    names: /protect/,
    apply: (draft) =>
      draft.deployedAs(BASE, { holdsData: false }, replaced('"terminationProtection": true', '"terminationProtection": false')),
  },
  {
    what: 'a stack policy that lets hosts be replaced',
    names: /polic/,
    apply: (draft) => {
      const edit = replaced('"AWS::EC2::Instance",', '');
      draft.deployedAs(VOTERS, { policyBody: edit(draft.policy(VOTERS)) }, (text) => text, {
        path: /stack-policies\/eu-west-1-core-voters\.json$/,
        edit,
      });
    },
  },
]);
