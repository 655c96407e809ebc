/** From an estate's files to what is emitted from them, by the real emitters, in this process: the World and the routers' files. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { aliyunOut, assemblyFiles } from '../../lib/cli/aliyun-out';
import { fillApp, newApp } from '../../lib/cli/estate-app';
import { idcFiles } from '../../lib/cli/idc-out';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Estate } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { type EstateSource, memorySource } from '../../lib/estate/read/source';
import { readWorld } from '../../lib/reach/read/read-world';
import type { World } from '../../lib/reach/world';
import type { Files } from '../estate/arbitrary';
import { lines } from '../estate/written';
import { ROOT } from '../root';
import { hostFilters, type OwnNetwork } from './host-filters';
import { rosWorld } from './ros-world';

export interface Emitted {
  readonly estate: Estate;
  /** Templates and router files by path: `cdk.out/...`, `aliyun.out/...`, `idc.out/...`. */
  readonly files: Files;
}

export interface ReadBack {
  /** As lib/reach reads it. */
  readonly world: World;
  /** What the kernel is built of: Aliyun's part is read anew. */
  readonly kernelWorld: World;
  /** frr.conf of each router, by its id. */
  readonly routerFiles: ReadonlyMap<string, string>;
  /** nftables.conf of each router that has one, by its id. */
  readonly routerFilters: ReadonlyMap<string, string>;
  /** What each host does to its own network, by its name. */
  readonly hostFilters: ReadonlyMap<string, OwnNetwork>;
  /** sysctl.conf of each router, as paths below net.ipv4. */
  readonly routerSettings: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const packaged = diskSource(ROOT);

/** @throws with all findings when the estate has one that is an error */
export function loadEstate(source: Files | EstateSource): Estate {
  const files = 'list' in source && typeof source.list === 'function' ? (source as EstateSource) : memorySource(source as Files);
  const { estate, findings } = readEstate(files, { packaged, today: '2026-11-21' });
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (estate === undefined || errors.length > 0) throw new Error(lines(errors).join('\n'));
  return estate;
}

/** @param folder where the templates are written, and from where they are taken again */
export function emit(estate: Estate, folder: string): Emitted {
  const out = join(folder, 'cdk.out');
  rmSync(out, { recursive: true, force: true });
  fillApp(newApp(out), estate).synth();
  const written = diskSource(folder);
  const files: Files = {};
  for (const name of written.list('cdk.out') ?? []) {
    if (name === 'manifest.json' || name.endsWith('.template.json')) files[`cdk.out/${name}`] = written.read(`cdk.out/${name}`)!;
  }
  const aliyun = aliyunOut(estate);
  for (const [path, text] of aliyun === undefined ? [] : assemblyFiles(aliyun.assembly)) files[`aliyun.out/${path}`] = text;
  for (const [path, text] of idcFiles(estate)) files[`idc.out/${path}`] = text;
  return { estate, files };
}

export function readBack(files: Files): ReadBack {
  const world = readWorld(memorySource(files));
  return {
    world,
    kernelWorld: withAliyunReadAnew(world, files),
    hostFilters: hostFilters(world, files),
    routerFiles: new Map(world.routers.map((router) => [router.id, files[router.file] ?? ''])),
    routerFilters: new Map(
      world.routers.flatMap(({ id, file }) => {
        const rules = files[file.replace('frr.conf', 'nftables.conf')];
        return rules === undefined ? [] : [[id, rules] as const];
      }),
    ),
    routerSettings: new Map(
      world.routers.map((router) => [router.id, settingsOf(files[router.file.replace('frr.conf', 'sysctl.conf')] ?? '')]),
    ),
  };
}

function withAliyunReadAnew(world: World, files: Files): World {
  const aliyun = rosWorld(files);
  const others = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
    list.filter(({ id }) => !id.startsWith('aliyun/'));
  const sorted = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...world,
    vpcs: sorted([...others(world.vpcs), ...aliyun.vpcs]),
    peerings: sorted([...others(world.peerings), ...aliyun.peerings]),
    transits: sorted([...others(world.transits), ...aliyun.transits]),
    transitPeerings: sorted([...others(world.transitPeerings), ...aliyun.transitPeerings]),
    lines: sorted([...others(world.lines), ...aliyun.lines]),
    vpns: sorted([...others(world.vpns), ...aliyun.vpns]),
  };
}

function settingsOf(sysctl: string): Record<string, string> {
  const lines = sysctl.matchAll(/^net\.ipv4\.(\S+) = (\S+)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name!.replaceAll('.', '/'), value!]));
}
