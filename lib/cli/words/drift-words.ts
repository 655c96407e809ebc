/** What drifted in words: which host or route it is, what that means, and the command. */
import type { DriftedResource, RepairMeans, RepairPlan } from '../../deploy/engine';
import { hostOf, type Template, volumeOf } from '../../deploy/standing-template';

/** One thing that drifted, as everything is told. */
export interface DriftWords extends DriftedResource {
  /** Name of the host that it is of. @default - of none */
  readonly host?: string;
  readonly what: string;
  readonly means: string;
  /** @default - it is left to a person */
  readonly by?: RepairMeans;
  readonly fix: string;
}

export const BY: Readonly<Record<RepairMeans, string>> = {
  start: 'its instance is started',
  attach: 'its volumes are attached again',
  tag: 'its tags are written again',
  set: 'it is set again',
  revert: 'CloudFormation puts its stack back to what its template says (REVERT_DRIFT)',
  anew: 'ROS makes it anew: an update without it, then one with it',
};

/** @param region whose `meissa repair` puts it back */
export function driftWords(template: Template, { items, left }: RepairPlan, region: string): DriftWords[] {
  const told = (resource: DriftedResource) => {
    const host = hostOf(template, resource.logicalId);
    return {
      ...resource,
      ...(host === undefined ? {} : { host }),
      what: what(template, resource),
      means: meaning(template, resource),
    };
  };
  return [
    ...items.map(({ resource, by }) => ({ ...told(resource), by, fix: `meissa repair ${region}` })),
    ...left.map(({ resource, why, fix }) => ({ ...told(resource), fix: `${fix} (not by repair: ${why})` })),
  ];
}

/** @returns one line what, its values, what it means, and what to write */
export function driftLines(words: DriftWords): string[] {
  const values = words.differences.map(
    ({ property, expected, actual }) => `  ${property}: ${shown(expected)} expected, ${shown(actual)} there`,
  );
  return [words.what, ...values, `  means: ${words.means}`, `  write: ${words.fix}`];
}

/** The engines say `null` of what isn't there. */
const shown = (value: string | undefined): string => (value === undefined || value === 'null' ? 'nothing' : value);

const HOW: Readonly<Record<DriftedResource['drift'], string>> = {
  deleted: 'is gone',
  modified: 'differs',
  stopped: 'is stopped',
};

function what(template: Template, { logicalId, type, drift, physicalId }: DriftedResource): string {
  const noun = nounOf(template, logicalId, type);
  return `${noun} ${HOW[drift]} (${[logicalId, physicalId].filter(Boolean).join(', ')})`;
}

function nounOf(template: Template, logicalId: string, type: string): string {
  const host = hostOf(template, logicalId);
  const kind = type.split('::').at(-1)!;
  const { Properties = {} } = template.Resources?.[logicalId] ?? {};
  const destination = destinationOf(Properties);
  if (destination !== undefined) return `route ${destination}${host === undefined ? '' : ` to host ${host}`}`;
  if (host === undefined) return `${type}`;
  if (kind === 'Instance') return `host ${host}`;
  const volume = volumeOf(template, logicalId);
  return volume === undefined ? `${kind} of host ${host}` : `volume ${volume} of host ${host}`;
}

function destinationOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  const found = properties.DestinationCidrBlock ?? properties.TransitRouterRouteEntryDestinationCidrBlock;
  return typeof found === 'string' ? found : undefined;
}

type Told = (resource: DriftedResource, destination: string) => string;

/** By the end of a type's name, the first that fits. */
const MEANINGS: readonly (readonly [kind: RegExp, told: Told])[] = [
  [/::Instance$/, instanceMeaning],
  [/::(Volume|Disk)$/, ({ drift }) => (drift === 'deleted' ? 'what was on it is gone' : 'it is not sized or named as described')],
  [/::DiskAttachment$/, () => 'the host does not have its disk: what lives on it waits, also after a restart'],
  [
    /::(Route|TransitGatewayRoute|TransitRouterRouteEntry)$/,
    ({ drift }, to) =>
      drift === 'deleted' ? `nobody in that table reaches ${to} any more` : `what is sent to ${to} takes another way, or none`,
  ],
  [
    /RouteTable(Association|Propagation)$/,
    () => 'a network uses another route table than described: other destinations are reached',
  ],
  [
    /::SecurityGroup(Ingress|Egress)?(es)?$/,
    ({ drift }) => (drift === 'deleted' ? 'what this rule let through is kept out' : 'others are let through than described'),
  ],
  [
    /::NetworkInterface$/,
    ({ differences }) =>
      differences.some(({ property }) => property.startsWith('SourceDestCheck'))
        ? 'packets of the host’s containers are dropped, or those of others are not'
        : 'the host is reached by other rules or under other names than described',
  ],
  [/::Alarm$/, () => 'nobody is told of what it watches, or of something else'],
  [/^configuration$/, () => 'a host that starts now fetches another configuration than described'],
];

function meaning(template: Template, resource: DriftedResource): string {
  const to = destinationOf(template.Resources?.[resource.logicalId]?.Properties ?? {}) ?? 'its destination';
  const told = MEANINGS.find(([kind]) => kind.test(resource.type))?.[1];
  return told?.(resource, to) ?? 'it is not as described: what depends on it may fail, and the next deploy of it may';
}

function instanceMeaning({ drift, differences }: DriftedResource): string {
  if (drift === 'deleted') return 'nothing of it runs; its volumes are kept, and its fleet has one host fewer';
  if (drift === 'stopped') return 'nothing of it runs until it is started';
  const touched = (name: string) => differences.some(({ property }) => property.startsWith(name));
  if (touched('Volumes')) return 'what lives on that volume is not there: the host waits for it at its next start';
  if (touched('Tags'))
    return 'a host finds its number, its volumes and its gate by its tags: it may wait for ever at its next start';
  if (touched('UserData')) return 'at its next start it runs with another configuration than described';
  if (touched('source/destination check')) return 'packets of its containers are dropped';
  if (touched('InstanceType')) return 'it has other cores and memory than it was sized for';
  return 'it is not as described';
}
