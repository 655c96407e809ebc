/** User-data of the example's sa-east-1, with an archive of etcd that was built here, and whatever a test changes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { renderUserData } from '../../lib/cloud-config/user-data';
import type { Profile } from '../../lib/estate/profile';
import type { FleetContext, MembersFleetPlan } from '../../lib/plan/model';
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

export class BootFleet {
  readonly #estate = exampleEstate();
  readonly #plan: MembersFleetPlan;
  readonly #etcd: Artifact;
  readonly #index: number;

  /** @param index of the member */
  constructor(name: 'voters' | 'storage', etcd: Artifact, index = 0) {
    this.#index = index;
    const { fleets } = planEstate(this.#estate, ['sa-east-1']).regions[0]!;
    this.#plan = fleets.find((fleet) => fleet.name === name) as MembersFleetPlan;
    this.#etcd = etcd;
  }

  get member(): MembersFleetPlan['members'][number] {
    return this.#plan.members[this.#index]!;
  }

  /**
   * @param extra profiles of the test's own beside the fleet's
   * @param containers another container network than the example's
   */
  userData(extra: readonly Profile[] = [], containers?: FleetContext['containers']): string {
    const { context, profiles } = this.#plan;
    const { artifacts, parameters } = context;
    const { userData, findings } = renderUserData(
      {
        ...context,
        ...(containers === undefined ? {} : { containers }),
        artifacts: { ...artifacts, items: { etcd: { ...artifacts.items.etcd!, sha256: this.#etcd.sha256 } } },
        // As short as it may be.
        parameters: { ...parameters, etcd: { ...parameters.etcd, guardSeconds: 10 } },
      },
      [...profiles.map((name) => this.#estate.profiles.get(name)!), ...extra],
      { compress: 'auto' },
    );
    if (userData === undefined) throw new Error(JSON.stringify(findings));
    return userData.text;
  }
}
