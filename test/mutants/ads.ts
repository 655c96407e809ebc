/** Mistakes with elastic fleets, load balancers, the collection and peerings, in two regions of the example. */
import type { Anything } from '../estate/written';
import { withoutGates } from './aws-hosts';
import type { Draft } from './draft';
import { type Mutant, mutants } from './mutant';

const ELASTIC = 'sa-east-1/core-adserver';
const ENTRY = 'sa-east-1/collection-front-ends-entry';
const BROKERS = 'us-east-1/collection-brokers';
const CONTROLLERS = 'sa-east-1/collection-controllers';
const FRONT = 'sa-east-1/collection-front-ends-1';
const PEERING = 'links/sa-east-1--us-east-1/routes-a';

const rolling = (draft: Draft): Anything => draft.resource(ELASTIC, 'Group').UpdatePolicy.AutoScalingRollingUpdate;
const launch = (draft: Draft): Anything => draft.properties(ELASTIC, 'LaunchTemplate').LaunchTemplateData;

export const ads: Mutant[] = mutants('ads', [
  {
    what: "a rolling update doesn't wait for hosts' signals",
    roll: 'standing',
    names: /adserver/,
    apply: (draft) => {
      rolling(draft).WaitOnResourceSignals = false;
      rolling(draft).PauseTime = 'PT0S';
    },
  },
  {
    what: 'a rolling update keeps no host in service',
    roll: 'standing',
    names: /adserver/,
    apply: (draft) => {
      rolling(draft).MinInstancesInService = 0;
      rolling(draft).MaxBatchSize = 40;
    },
  },
  {
    what: 'a fleet without a rolling update',
    roll: 'standing',
    names: /adserver/,
    apply: (draft) => {
      delete draft.resource(ELASTIC, 'Group').UpdatePolicy.AutoScalingRollingUpdate;
    },
  },
  {
    what: 'no floor in the update policy',
    names: /MinInstancesInService|floor|in service|adserver/,
    apply: (draft) => {
      rolling(draft).MinInstancesInService = 0;
    },
  },
  {
    what: 'processes go on during a rolling update',
    names: /SuspendProcesses|adserver/,
    apply: (draft) => {
      delete rolling(draft).SuspendProcesses;
    },
  },
  {
    what: 'the template sets a number of hosts',
    names: /DesiredCapacity|adserver/,
    apply: (draft) => {
      draft.properties(ELASTIC, 'Group').DesiredCapacity = '2';
    },
  },
  {
    what: 'a fleet in one zone',
    names: /adserver|zone|VPCZoneIdentifier/,
    apply: (draft) => {
      draft.properties(ELASTIC, 'Group').VPCZoneIdentifier.splice(1);
    },
  },
  {
    what: 'a smaller fleet',
    names: /adserver/,
    apply: (draft) => {
      draft.properties(ELASTIC, 'Group').MinSize = '1';
    },
  },
  {
    what: 'elastic hosts with disks not encrypted',
    names: /adserver/,
    apply: (draft) => {
      const [{ Ebs }] = launch(draft).BlockDeviceMappings;
      Ebs.Encrypted = false;
      delete Ebs.KmsKeyId;
    },
  },
  {
    what: 'elastic hosts with IMDS without a token',
    names: /adserver/,
    apply: (draft) => {
      launch(draft).MetadataOptions.HttpTokens = 'optional';
    },
  },
  {
    what: 'elastic hosts without their gate',
    roll: 'arriving',
    names: /adserver/,
    apply: (draft) => {
      for (const one of launch(draft).TagSpecifications) one.Tags = one.Tags.filter((tag: Anything) => tag.Key !== 'meissa:gate');
    },
  },
  {
    what: 'elastic hosts in no group',
    names: /adserver/,
    apply: (draft) => {
      launch(draft).SecurityGroupIds = [];
    },
  },
  {
    what: 'a public load balancer',
    names: /LoadBalancer|load balancer/,
    apply: (draft) => {
      draft.properties(ENTRY, 'LoadBalancer').Scheme = 'internet-facing';
    },
  },
  {
    what: 'a load balancer that keeps to its zone',
    names: /cross_zone|LoadBalancer/,
    apply: (draft) => {
      draft.properties(ENTRY, 'LoadBalancer').LoadBalancerAttributes[0].Value = 'false';
    },
  },
  {
    what: 'a front end behind no load balancer',
    names: /Targets/,
    apply: (draft) => {
      draft.properties(ENTRY, 'TargetsHttp').Targets.pop();
    },
  },
  {
    what: 'a health check that asks the wrong page',
    names: /HealthCheckPath|Targets/,
    apply: (draft) => {
      draft.properties(ENTRY, 'TargetsHttp').HealthCheckPath = '/';
    },
  },
  {
    what: 'lines are listened for at another port',
    names: /ListenerSyslog/,
    apply: (draft) => {
      draft.properties(ENTRY, 'ListenerSyslog').Port = 515;
    },
  },
  { what: 'a listener lost', names: /ListenerSyslog/, apply: (draft) => draft.remove(ENTRY, 'ListenerSyslog') },
  { what: 'no name for the entry', names: /Name/, apply: (draft) => draft.remove(ENTRY, 'NameG1') },
  {
    what: 'no alarm when no front end is healthy',
    names: /no host behind the load balancer/,
    apply: (draft) => draft.remove(ENTRY, 'NoHostHealthy'),
  },
  {
    what: 'no gate between brokers',
    roll: 'standing',
    names: /collection-brokers/,
    apply: (draft) => withoutGates(draft, BROKERS),
  },
  {
    what: 'brokers no longer follow each other',
    roll: 'standing',
    names: /collection-brokers/,
    apply: (draft) => {
      for (const id of draft.ids(BROKERS, /^M\d+Instance/)) delete draft.resource(BROKERS, id).DependsOn;
    },
  },
  {
    what: 'controllers no longer follow each other',
    roll: 'standing',
    names: /collection-controllers/,
    apply: (draft) => {
      for (const id of draft.ids(CONTROLLERS, /^M\d+Instance/)) delete draft.resource(CONTROLLERS, id).DependsOn;
    },
  },
  {
    what: "a broker's disk without Retain",
    names: /collection-brokers-1/,
    apply: (draft) => {
      delete draft.resource(BROKERS, 'M1Volume').DeletionPolicy;
    },
  },
  {
    what: 'a smaller spool',
    names: /front-ends-1/,
    apply: (draft) => {
      draft.properties('us-east-1/collection-front-ends-1', 'M1Volume').Size = 100;
    },
  },
  {
    what: "a front end's address shifted by one",
    names: /front-ends-1/,
    apply: (draft) => {
      draft.properties(FRONT, 'M1Interface').PrivateIpAddress = '10.9.10.99';
    },
  },
  {
    what: 'the route to a peer is missing in one table',
    names: /10\.1\.0\.0\/16/,
    apply: (draft) => draft.remove(PEERING, 'RoutePrivateAUsEast1HostsG1'),
  },
  {
    what: 'the route to a peer takes in all of the pool',
    names: /10\.0\.0\.0\/8/,
    apply: (draft) => {
      draft.properties(PEERING, 'RoutePrivateAUsEast1HostsG1').DestinationCidrBlock = '10.0.0.0/8';
    },
  },
]);
