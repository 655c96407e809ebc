/** User-data of hosts as the tests boot them, with archives that were built here, and whatever a test changes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import type { Profile } from '../../lib/estate/model/profile';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext, FleetPlan, MembersFleetPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { findRealPart } from '../real-parts';
import { exampleEstate } from './example';

export interface Artifact {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** The release's archive as its makers pack it. */
export function etcdArchive(folder: string): Artifact {
  const packed = join(folder, 'etcd-v3.5.21-linux-amd64');
  mkdirSync(packed);
  for (const program of ['etcd', 'etcdctl']) cpSync(findRealPart(`${program}-3.5`)!, join(packed, program));
  execFileSync('tar', ['-I', 'gzip -1', '-cf', `${packed}.tar.gz`, '-C', folder, 'etcd-v3.5.21-linux-amd64']);
  rmSync(packed, { recursive: true });
  const bytes = readFileSync(`${packed}.tar.gz`);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export interface Rendered {
  readonly artifacts: Readonly<Record<string, Artifact>>;
  /** Parameters by profile, over the fleet's own. @default - none */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Profiles of the test's own beside the fleet's. @default - none */
  readonly extra?: readonly Profile[];
  /** Another container network than the estate's. @default - the estate's */
  readonly containers?: FleetContext['containers'];
}

/** A member of a fleet, and the user-data that all of its fleet have. */
export class BootMember {
  readonly #estate: Estate;
  readonly #plan: MembersFleetPlan;
  readonly #index: number;

  /** @param index of the member */
  constructor(estate: Estate, region: string, fleet: string, index = 0) {
    this.#estate = estate;
    this.#index = index;
    const { fleets } = planEstate(estate, [region]).regions[0]!;
    this.#plan = fleets.find(({ name }) => name === fleet) as MembersFleetPlan;
  }

  get member(): MembersFleetPlan['members'][number] {
    return this.#plan.members[this.#index]!;
  }

  get context(): FleetContext {
    return this.#plan.context;
  }

  render(rendered: Rendered): string {
    return renderFleet(this.#estate, this.#plan, rendered);
  }
}

/** User-data of all hosts of a fleet of whichever kind. */
export function renderFleet(
  estate: Estate,
  { context, profiles }: FleetPlan,
  { artifacts, parameters = {}, extra = [], containers = context.containers }: Rendered,
): string {
  const built = Object.entries(artifacts).map(([name, { sha256 }]) => [name, { ...context.artifacts.items[name]!, sha256 }]);
  const changed = Object.entries(parameters).map(([name, values]) => [name, { ...context.parameters[name], ...values }]);
  const { userData, findings } = renderUserData(
    {
      ...context,
      containers,
      artifacts: { ...context.artifacts, items: Object.fromEntries(built) },
      parameters: { ...context.parameters, ...Object.fromEntries(changed) },
    },
    [...profiles.map((name) => estate.profiles.get(name)!), ...extra],
    { compress: 'auto' },
  );
  if (userData === undefined) throw new Error(JSON.stringify(findings));
  return userData.text;
}

/** One of the example's sa-east-1. */
export class BootFleet extends BootMember {
  readonly #etcd: Artifact;

  constructor(name: 'voters' | 'storage', etcd: Artifact, index?: number) {
    super(exampleEstate(), 'sa-east-1', name, index);
    this.#etcd = etcd;
  }

  userData(extra?: readonly Profile[], containers?: FleetContext['containers']): string {
    // As short as it may be.
    return this.render({ artifacts: { etcd: this.#etcd }, parameters: { etcd: { guardSeconds: 10 } }, extra, containers });
  }
}
