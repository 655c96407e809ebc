/** Loads the estate under a folder of the disk. */
import { diskSource, packageRoot } from '../files/disk-source';
import { type ReadEstate, type ReadOptions, readEstate } from './read';

export type LoadOptions = Omit<ReadOptions, 'packaged'>;

/**
 * Loads and checks `<root>/regions` with the profiles of `<root>/cloud-config`, and of this package where the estate
 * has none of that name. Never throws for bad input.
 */
export function loadEstate(root: string, options: LoadOptions = {}): ReadEstate {
  return readEstate(diskSource(root), { ...options, packaged: diskSource(packageRoot()) });
}
