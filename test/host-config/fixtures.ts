import { join } from 'node:path';
import { loadProfiles } from '../../lib/estate/build/profiles';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Profile } from '../../lib/estate/model/profile';
import { parameterDefaults } from '../../lib/estate/read/parameter-schema';
import type { FleetContext } from '../../lib/plan/model';

export const repository = join(__dirname, '../..');

/** A profile made of a fragment and files. */
export function profile(name: string, fragment: string, files: Record<string, string> = {}): Profile {
  return {
    name,
    description: `Profile ${name} of a test`,
    folder: `cloud-config/${name}`,
    parameters: {},
    requires: [],
    ports: [],
    volumes: [],
    needs: { artifacts: [], signal: false, formedMarker: false },
    fragment,
    files,
  };
}

/** Profiles of this repository. */
export function ownProfiles(...names: string[]): Profile[] {
  const source = diskSource(repository);
  const { profiles, findings } = loadProfiles(names, source, source);
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 1));
  return names.map((name) => profiles.get(name)!);
}

/** Defaults of the profiles' parameters, as the estate fills them in. */
export function defaults(profiles: readonly Profile[]): FleetContext['parameters'] {
  return Object.fromEntries(profiles.map((each) => [each.name, parameterDefaults(each.parameters)]));
}

/** The context of the storage fleet of a cluster with three voters. */
export function context(changes: Partial<FleetContext> = {}): FleetContext {
  return {
    estate: { name: 'example' },
    region: {
      name: 'sa-east-1',
      id: 'sa-east-1',
      provider: 'aws',
      partition: 'aws',
      account: '111111111111',
      dnsSuffix: 'amazonaws.com',
      cidr: '10.9.0.0/16',
    },
    architecture: 'amd64',
    cluster: { name: 'core', generation: 1 },
    fleet: { name: 'storage', kind: 'members', metadata: { role: 'storage' }, hostPrefix: 'sa-east-1-core-storage' },
    numbering: {
      zones: [
        { name: 'sa-east-1a', base: '10.9.8.64' },
        { name: 'sa-east-1b', base: '10.9.40.64' },
        { name: 'sa-east-1c', base: '10.9.72.64' },
      ],
      perZone: 256,
      firstRange: 0,
    },
    containers: { mode: 'host', pools: ['10.0.0.0/8', '172.16.0.0/12'], mtu: 1500, hostPorts: [] },
    time: ['169.254.169.123'],
    artifacts: { url: 'https://meissa-example.s3.sa-east-1.amazonaws.com', items: {} },
    volumes: [],
    parameters: {},
    ...changes,
  };
}
