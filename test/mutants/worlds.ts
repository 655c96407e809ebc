/** Estates whose emitted files are mutated, and the same with another user-data on every host. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { temporaryFolder } from '../e2e/example';
import { ROOT } from '../root';
import { type Emission, emit } from './emission';
import type { World } from './mutant';

const WORLDS: Readonly<Record<World, readonly [root: string, regions: readonly string[] | 'all']>> = {
  overseas: [join(ROOT, 'test/estates/hybrid'), 'all'],
  ads: [ROOT, ['sa-east-1', 'us-east-1']],
  inland: [join(ROOT, 'test/estates/aliyun'), 'all'],
};

export interface Emitted {
  readonly now: Emission;
  /** One kernel parameter more on every host. */
  readonly rolled: Emission;
}

export async function emitWorld(world: World): Promise<Emitted> {
  const [root, regions] = WORLDS[world];
  const copy = join(temporaryFolder(), world);
  cpSync(join(root, 'regions'), join(copy, 'regions'), { recursive: true });
  const file = join(copy, 'regions/estate.yaml');
  const estate = parse(readFileSync(file, 'utf8'));
  estate.profiles = { ...estate.profiles, base: { ...estate.profiles?.base, sysctl: { 'kernel.panic': '7' } } };
  writeFileSync(file, stringify(estate));
  return { now: await emit(root, regions), rolled: await emit(copy, regions) };
}
