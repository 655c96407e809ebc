/** Mistakes in an estate of two Aliyun regions and a data centre. */
import type { Anything } from '../estate/written';
import type { Draft } from './draft';
import { type Mutant, mutants } from './mutant';

const BASE = 'cn-beijing/base';
const NETWORK = 'cn-beijing/network';
const VOTERS = 'cn-beijing/core-voters';
const TRANSIT = 'cn-beijing/transit';
const ELASTIC = 'cn-hangzhou/core-adserver';
const LINE = 'links/bj-idc--cn-beijing/line-line';
const VPN = 'links/bj-idc--cn-beijing/vpn-fallback';
const ROUTES = 'links/cn-beijing--cn-hangzhou/routes-b';

const set = (path: string, id: string, changes: Anything) => (draft: Draft) => {
  Object.assign(draft.properties(path, id), changes);
};

/** What the manifest says of a stack. */
const manifest = (path: string, edit: (stack: Anything) => void) => (draft: Draft) => {
  const { ros } = draft.deployed(path);
  const changed = structuredClone(ros) as Anything;
  edit(changed);
  const { disableRollback, deletionProtection: holdsData } = changed;
  draft.deployedAs(path, { ros: changed, disableRollback, holdsData }, (text) => {
    const whole = JSON.parse(text);
    const at = whole.stacks.findIndex((one: Anything) => one.path === path);
    whole.stacks[at] = changed;
    return JSON.stringify(whole, null, 1);
  });
};

export const aliyun: Mutant[] = mutants('inland', [
  {
    what: 'voters restart all together',
    roll: 'standing',
    names: /core-voters/,
    apply: manifest(VOTERS, (stack) => {
      for (const member of stack.members) Object.assign(member, { quorum: false, maxUnavailable: 3 });
    }),
  },
  {
    what: 'no gate between new voters',
    names: /core-voters/,
    apply: (draft) => {
      draft.remove(VOTERS, /^M\d+Gate/);
    },
  },
  {
    what: 'a configuration cut in the middle',
    names: /core-voters/,
    apply: (draft) => draft.configuration(VOTERS, 'core/voters', (text) => text.slice(0, text.length / 2)),
  },
  {
    what: 'a bootstrap that is another one',
    names: /core-voters/,
    apply: (draft) => {
      const fleet = draft.template(VOTERS).Mappings.UserData.Fleet;
      fleet.Text = fleet.Text.slice(0, -20);
    },
  },
  {
    what: 'automatic rollback of a quorum stack',
    names: /rolls? ?back/,
    apply: manifest(VOTERS, (stack) => {
      stack.disableRollback = false;
    }),
  },
  {
    what: 'no protection of what holds data against deletion',
    names: /protect/,
    apply: manifest(BASE, (stack) => {
      stack.deletionProtection = false;
    }),
  },
  {
    what: 'hosts of a group reach each other on every port',
    names: /group/,
    apply: manifest(NETWORK, (stack) => {
      stack.isolatedGroups = [];
    }),
  },
  {
    what: "the line's BFD timers are never set",
    names: /BFD|bfd/,
    apply: manifest(LINE, (stack) => {
      delete stack.borderRouters;
    }),
  },
  { what: 'a member fewer', names: /core-voters-3/, apply: (draft) => draft.remove(VOTERS, /^M3/) },
  {
    what: 'an address shifted by one',
    names: /core-voters-1/,
    apply: set(VOTERS, 'M1Instance', { PrivateIpAddress: '10.32.232.99' }),
  },
  {
    what: 'another image',
    names: /core-voters-1/,
    apply: set(VOTERS, 'M1Instance', { ImageId: 'aliyun_3_x64_20G_alibase_20250101.vhd' }),
  },
  {
    what: 'hosts with public addresses',
    names: /core-voters-1/,
    apply: set(VOTERS, 'M1Instance', { AllocatePublicIP: true, InternetMaxBandwidthOut: 10 }),
  },
  {
    what: 'a data disk without Retain',
    names: /core-voters-1/,
    apply: (draft) => {
      delete draft.resource(VOTERS, 'M1Volume').DeletionPolicy;
    },
  },
  { what: 'a data disk not encrypted', names: /core-voters-1/, apply: set(VOTERS, 'M1Volume', { Encrypted: false }) },
  { what: 'a smaller data disk', names: /core-voters-1/, apply: set(VOTERS, 'M1Volume', { Size: 10 }) },
  {
    what: 'a data disk goes with its host',
    names: /core-voters-1|M1AttachEtcd/,
    apply: set(VOTERS, 'M1Attach', { DeleteWithInstance: true }),
  },
  {
    what: "a host with another fleet's rights",
    names: /core-voters-1/,
    apply: set(VOTERS, 'M1Instance', { RamRoleName: 'inland-cn-beijing-core-worker' }),
  },
  {
    what: "a route to a host's containers is dropped",
    names: /172\.24\.0\.0/,
    apply: (draft) => draft.remove(VOTERS, 'M1Route'),
  },
  {
    what: "a route to a host's containers points at another host",
    names: /172\.24\.0\.0/,
    apply: set(VOTERS, 'M1Route', { NextHopId: { Ref: 'M2InstanceG1' } }),
  },
  {
    what: 'a public bucket',
    names: /meissa-inland-1111111111111111-cn-beijing/,
    apply: set(BASE, 'ArtifactBucket', { AccessControl: 'public-read' }),
  },
  {
    what: 'public access to the bucket not blocked',
    names: /[Bb]ucket/,
    apply: set(BASE, 'ArtifactBucket', { BlockPublicAccess: false }),
  },
  {
    what: 'a bucket not encrypted',
    names: /meissa-inland-1111111111111111-cn-beijing/,
    apply: (draft) => {
      delete draft.properties(BASE, 'ArtifactBucket').ServerSideEncryptionConfiguration;
    },
  },
  {
    what: 'plain HTTP to the bucket',
    names: /[Bb]ucket/,
    apply: (draft) => {
      delete draft.properties(BASE, 'ArtifactBucket').Policy;
    },
  },
  {
    what: 'the bucket without Retain',
    names: /[Bb]ucket/,
    apply: (draft) => {
      delete draft.resource(BASE, 'ArtifactBucket').DeletionPolicy;
    },
  },
  {
    what: 'hosts may do everything (action *)',
    names: /RoleCoreVoters|voters/,
    apply: (draft) => {
      draft.properties(BASE, 'RoleCoreVoters').Policies[0].PolicyDocument.Statement[0].Action = ['*'];
    },
  },
  {
    what: 'everybody reaches etcd',
    names: /2379/,
    apply: (draft) => {
      const rule = draft.properties(NETWORK, 'IngressCoreVotersEtcdClientFromCoreVoters');
      delete rule.SourceGroupId;
      rule.SourceCidrIp = '0.0.0.0/0';
    },
  },
  { what: "voters can't reach each other", names: /2380/, apply: (draft) => draft.remove(NETWORK, 'IngressCoreVotersEtcdPeer') },
  { what: 'no way out (SNAT)', names: /NatSource|SNAT|Snat/, apply: (draft) => draft.remove(NETWORK, 'NatSource') },
  {
    what: 'no static route to containers at the other router',
    names: /172\.24\.0\.0\/16/,
    apply: (draft) => draft.remove(ROUTES, 'TransitRouteCnBeijingContainers'),
  },
  {
    what: 'the VPC has no route to the other region',
    names: /10\.32\.0\.0\/16/,
    apply: (draft) => draft.remove(ROUTES, 'RouteSystemCnBeijingHosts'),
  },
  {
    what: 'the router learns routes of the VPC by itself',
    names: /VpcAttachment/,
    apply: set(TRANSIT, 'VpcAttachment', { RouteTablePropagationEnabled: true, AutoCreateVpcRoute: true }),
  },
  {
    what: 'the line tells the router nothing (propagation)',
    names: /[Pp]ropagation/,
    apply: (draft) => draft.remove(LINE, 'TransitPropagation'),
  },
  {
    what: 'the line is told nothing',
    names: /leased line/,
    apply: set(LINE, 'LineAttachment', { AutoPublishRouteEnabled: false }),
  },
  { what: 'no BFD on the line', names: /Bfd/, apply: set(LINE, 'BorderPeer', { EnableBfd: false }) },
  {
    what: 'nobody watches the line',
    names: /health check of the leased line/,
    apply: (draft) => draft.remove(LINE, 'HealthCheck'),
  },
  {
    what: 'a weak cipher on the tunnels',
    names: /VpnConnection|Ike/,
    apply: (draft) => {
      for (const tunnel of draft.properties(VPN, 'VpnConnection').TunnelOptionsSpecification)
        tunnel.TunnelIkeConfig.IkeEncAlg = 'des';
    },
  },
  {
    what: 'the VPN is told nothing',
    names: /VPN/,
    apply: set(VPN, 'VpnAttachment', { AutoPublishRouteEnabled: false }),
  },
  {
    what: 'elastic hosts with disks not encrypted',
    names: /adserver/,
    apply: set(ELASTIC, 'Configuration', { SystemDiskEncrypted: false }),
  },
  { what: 'no floor under a fleet', names: /adserver|Group/, apply: set(ELASTIC, 'Group', { MinSize: 0 }) },
  {
    what: 'a fleet in one zone',
    names: /adserver|Group/,
    apply: (draft) => {
      draft.properties(ELASTIC, 'Group').VSwitchIds.splice(1);
    },
  },
]);
