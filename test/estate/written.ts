/** A small valid estate as it is written, to be changed by a test and loaded. */
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Change } from '../../lib/estate/changes/change';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Finding } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { type ReadEstate, type ReadOptions, readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';

// A test writes anything, also what is no estate.
// biome-ignore lint/suspicious/noExplicitAny: that is the point.
export type Anything = any;

export interface Written {
  estate: Anything;
  /** By file name without `.yaml`. */
  places: Record<string, Anything>;
  images: Anything;
  artifacts: Anything;
  tokens?: Anything;
  /** By region name; pinned as a person would when absent. */
  members: Record<string, Anything>;
  /** Further files by path. */
  more: Record<string, string>;
}

export const fixtureProfiles = diskSource(join(__dirname, 'fixtures'));

export function region(name: string, block: string, zones: string): Anything {
  return {
    region: name,
    provider: 'aws',
    block,
    network: { zones: [...zones].map((letter) => name + letter) },
    containers: { mode: 'host' },
    alarms: { topicArn: `arn:aws:sns:${name}:111111111111:ops` },
    clusters: {
      core: {
        generation: 1,
        etcd: { bootstrap: 'static', voters: 'voters' },
        units: { 'rcv@.service': { instances: 3, metadata: { role: 'storage' } } },
        fleets: {
          voters: {
            kind: 'members',
            quorum: 'etcd',
            count: 3,
            instanceType: 'm5.large',
            profiles: ['base', 'docker', 'etcd', 'updates'],
            addresses: { first: 16, perZone: 16 },
            membersPerStack: 5,
            metadata: { role: 'voter' },
          },
          adserver: {
            kind: 'elastic',
            instanceType: 'c5.xlarge',
            profiles: ['base', 'docker', 'etcd', 'updates'],
            min: 2,
            max: 40,
            metadata: { role: 'adserver' },
          },
          storage: {
            kind: 'members',
            count: 4,
            instanceType: 'r5.xlarge',
            profiles: ['base', 'docker', 'etcd', 'updates'],
            addresses: { first: 64, perZone: 64 },
            membersPerStack: 90,
            volumes: { data: { device: '/dev/sdg', gb: 500, type: 'gp3', mount: '/srv/data' } },
            metadata: { role: 'storage' },
          },
        },
      },
    },
  };
}

/** Two regions and everything that they need: it loads without a finding. */
export function written(): Written {
  return {
    estate: {
      estate: 'small',
      central: 'us-east-1',
      addressing: { hosts: { pool: '10.0.0.0/8', block: 16 }, containers: { pool: '172.16.0.0/12', block: 16 } },
      aws: { account: '111111111111' },
    },
    places: { 'us-east-1': region('us-east-1', '10.1.0.0/16', 'abc'), 'sa-east-1': region('sa-east-1', '10.9.0.0/16', 'abc') },
    images: {
      release: '4081.2.1',
      published: '2026-09-01',
      architecture: 'amd64',
      images: {
        'us-east-1': 'ami-02bdfedc6e535b409',
        'sa-east-1': 'ami-0dbd802e72d0b653d',
        'us-west-1': 'ami-0d7bfbd54e938866b',
      },
      copies: {},
    },
    artifacts: {
      artifacts: [
        {
          name: 'etcd',
          version: '3.5.21',
          architecture: 'amd64',
          file: 'etcd.tar.gz',
          sha256: 'a'.repeat(64),
          source: 'https://example.com/etcd.tar.gz',
        },
      ],
    },
    members: {},
    more: {},
  };
}

/** Texts by path. Members are pinned as the estate stands now, unless the test wrote a lock itself. */
export function filesOf(w: Written): Record<string, string> {
  const files: Record<string, string> = { 'regions/estate.yaml': stringify(w.estate), ...w.more };
  for (const [name, place] of Object.entries(w.places)) files[`regions/${name}.yaml`] = stringify(place);
  if (w.images) files['regions/images.lock.yaml'] = stringify(w.images);
  if (w.artifacts) files['regions/artifacts.lock.yaml'] = stringify(w.artifacts);
  if (w.tokens) files['regions/tokens.lock.yaml'] = stringify(w.tokens);
  for (const [name, lock] of Object.entries(w.members)) files[`regions/${name}.members.lock.yaml`] = stringify(lock);
  return filesWithPins(files, Object.keys(w.members));
}

/** The files with members pinned as they are described, but for places whose lock the test wrote itself. */
export function filesWithPins(given: Record<string, string>, locked: readonly string[]): Record<string, string> {
  const files = { ...given };
  for (const path of Object.keys(files)) {
    const [, name] = /^regions\/(.+)\.members\.lock\.yaml$/.exec(path) ?? [];
    if (name !== undefined && !locked.includes(name)) delete files[path];
  }
  const { estate } = readEstate(memorySource(files), { packaged: fixtureProfiles });
  for (const { name } of estate?.regions ?? []) {
    if (!locked.includes(name) && estate) Object.assign(files, filesOfChange(pinMembers(estate, name)));
  }
  return files;
}

export function filesOfChange(change: Change): Record<string, string> {
  if (change.refused) return {};
  return Object.fromEntries(change.files.map(({ path, text }) => [path, text]));
}

export function load(w: Written, options: ReadOptions = {}): ReadEstate {
  return readEstate(memorySource(filesOf(w)), { packaged: fixtureProfiles, today: '2026-11-21', ...options });
}

/** Loads a changed copy of the small estate. */
export function loadChanged(change: (w: Written) => void, options: ReadOptions = {}): ReadEstate {
  const w = written();
  change(w);
  return load(w, options);
}

/** The estate of files that are expected to load. */
export function estateOf(files: Record<string, string>): Estate {
  const { estate } = readEstate(memorySource(files), { packaged: fixtureProfiles });
  if (estate === undefined) throw new Error('the estate does not load');
  return estate;
}

/** One line a finding, for messages of failed tests. */
export function lines(findings: readonly Finding[]): string[] {
  return findings.map((f) => `${f.file}:${f.line} ${f.code} ${f.path}: ${f.message}`);
}
