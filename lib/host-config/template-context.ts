import type { FleetContext } from '../plan/model';
import { fleetId, reportsPrefix } from '../plan/names';
import { cloudServices } from './cloud-services';

/** What templates see. Objects have no prototype, so that `{{constructor}}` is a missing name like any other. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/** Names from the context down to a value of it. */
export type ContextPath = readonly string[];

/**
 * The names that a profile's templates may use: the fields of FleetContext at top level, `params` (the profile's own
 * parameters), `profile` (its name) and `containers.services` (ranges of the cloud's services, which know hosts only). Optional fields that are absent are empty rather than missing
 * (`cluster.etcd`, `cluster.kafka`, `numbering`: null; the others: ''), so that `{{#if cluster.etcd}}` is no misspelling. `fleet.reports`: below which its hosts
 * leave their reports. `marked`: its hosts ask for a *formed* marker; `certificate`: name of its hosts' certificates, empty where they have none.
 */
export function templateContext(context: FleetContext, profile: string): TemplateContext {
  const shared = ofFleet.get(context) ?? fleetContext(context);
  ofFleet.set(context, shared);
  const own = { params: bare(context.parameters[profile] ?? {}), profile };
  return Object.assign(Object.create(asText), shared, own);
}

/** What all profiles of a fleet have alike. */
const ofFleet = new WeakMap<FleetContext, TemplateContext>();

function fleetContext({ parameters: _, ...fleet }: FleetContext): TemplateContext {
  return bare({
    ...fleet,
    cluster: {
      ...fleet.cluster,
      kafka: fleet.cluster.kafka ?? null,
      etcd: fleet.cluster.etcd ? { discoveryUrl: '', ...fleet.cluster.etcd } : null,
    },
    fleet: {
      ...fleet.fleet,
      quorum: fleet.fleet.quorum ?? '',
      drain: fleet.fleet.drain ?? null,
      heartbeat: fleet.fleet.heartbeat ?? '',
      reports: reportsPrefix(fleetId(fleet.cluster.name, fleet.fleet.name)),
    },
    lines: fleet.lines ?? '',
    narrow: fleet.narrow ?? '',
    numbering: fleet.numbering ?? null,
    containers: {
      ...fleet.containers,
      block: fleet.containers.block ?? '',
      hostBits: fleet.containers.hostBits ?? '',
      dockerPool: fleet.containers.dockerPool ?? '',
      services: cloudServices(fleet.region),
    },
    marked: fleet.cluster.etcd?.voter === true || brokersOrControllers.has(fleet.cluster.kafka?.role ?? 'client'),
    certificate: fleet.cluster.kafka?.certificate ?? '',
  }) as TemplateContext;
}

const brokersOrControllers: ReadonlySet<string> = new Set(['broker', 'controller', 'combined']);

/** The context inside `each`: `item` is the element, `key` its index or name. */
export function withItem(context: TemplateContext, key: string | number, item: unknown): TemplateContext {
  return Object.assign(Object.create(asText), context, { key, item });
}

/** No names, only what Handlebars needs to say "not defined in [object Object]". */
const asText: object = Object.create(null, { [Symbol.toPrimitive]: { value: () => '[object Object]' } });

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(asText);
  for (const [key, inner] of Object.entries(value)) copy[key] = bare(inner);
  return copy;
}
