/**
 * Families of EC2 instance types ("Amazon EC2 instance types": sizes, processors, Nitro, instance store). Not every
 * family that exists: those that a container host is run on. A type that is not here is a finding that says so.
 */
import type { Architecture } from '../architecture';

export interface InstanceTypeFacts {
  readonly architecture: Architecture;
  /**
   * Built on Nitro: prefixes can be delegated, and volumes are NVMe devices with their id as serial number ("Amazon EBS and NVMe"). On
   * Xen a volume is a /dev/xvd* that names no volume.
   */
  readonly nitro: boolean;
  /** Data disks that are lost when the instance stops. */
  readonly instanceStore: boolean;
}

const SIZES = {
  burst: 'nano micro small medium large xlarge 2xlarge',
  t2: 'nano micro small medium large xlarge 2xlarge',
  xen4: 'large xlarge 2xlarge 4xlarge 10xlarge 16xlarge',
  c4: 'large xlarge 2xlarge 4xlarge 8xlarge',
  r4: 'large xlarge 2xlarge 4xlarge 8xlarge 16xlarge',
  m5: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge metal',
  m5a: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  c5: 'large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge metal',
  c5n: 'large xlarge 2xlarge 4xlarge 9xlarge 18xlarge metal',
  m6: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge metal',
  m7: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge metal-24xl metal-48xl',
  g6: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal',
  g6n: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  g8: 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge metal-24xl metal-48xl',
  i3: 'large xlarge 2xlarge 4xlarge 8xlarge 16xlarge metal',
  i3en: 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge metal',
  i4i: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge metal',
  i4g: 'large xlarge 2xlarge 4xlarge 8xlarge 16xlarge',
  d3: 'xlarge 2xlarge 4xlarge 8xlarge',
  m3: 'medium large xlarge 2xlarge',
  c3: 'large xlarge 2xlarge 4xlarge 8xlarge',
  t1: 'micro',
  m1: 'small medium large xlarge',
  m2: 'xlarge 2xlarge 4xlarge',
  c1: 'medium xlarge',
  i2: 'xlarge 2xlarge 4xlarge 8xlarge',
  h1: '2xlarge 4xlarge 8xlarge 16xlarge',
  x1: '16xlarge 32xlarge',
  x1e: 'xlarge 2xlarge 4xlarge 8xlarge 16xlarge 32xlarge',
  p2: 'xlarge 8xlarge 16xlarge',
  p3: '2xlarge 8xlarge 16xlarge',
  g2: '2xlarge 8xlarge',
  g3: '4xlarge 8xlarge 16xlarge',
  g3s: 'xlarge',
  f1: '2xlarge 4xlarge 16xlarge',
  g4dn: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal',
  g5: 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  z1d: 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge metal',
} as const;

/** `families / sizes / processor / flags`: x Xen instead of Nitro, s instance store. */
const FAMILIES: readonly (readonly [families: string, sizes: keyof typeof SIZES, architecture: Architecture, flags: string])[] = [
  ['t3 t3a', 'burst', 'amd64', ''],
  ['t4g', 'burst', 'arm64', ''],
  ['t2', 't2', 'amd64', 'x'],
  ['m4', 'xen4', 'amd64', 'x'],
  ['c4', 'c4', 'amd64', 'x'],
  ['r4', 'r4', 'amd64', 'x'],
  ['m5 m5n r5 r5b r5n', 'm5', 'amd64', ''],
  ['m5a r5a', 'm5a', 'amd64', ''],
  ['m5d m5dn r5d r5dn', 'm5', 'amd64', 's'],
  ['m5ad r5ad', 'm5a', 'amd64', 's'],
  ['c5', 'c5', 'amd64', ''],
  ['c5a', 'm5a', 'amd64', ''],
  ['c5d', 'c5', 'amd64', 's'],
  ['c5ad', 'm5a', 'amd64', 's'],
  ['c5n', 'c5n', 'amd64', ''],
  ['m6i c6i r6i m6in c6in r6in', 'm6', 'amd64', ''],
  ['m6id c6id r6id', 'm6', 'amd64', 's'],
  ['m6a c6a r6a', 'm7', 'amd64', ''],
  ['m7i c7i r7i m7a c7a r7a m8i c8i r8i', 'm7', 'amd64', ''],
  ['m7i-flex c7i-flex m8i-flex', 'm5a', 'amd64', ''],
  ['m6g c6g r6g m7g c7g r7g', 'g6', 'arm64', ''],
  ['c6gn c7gn', 'g6n', 'arm64', ''],
  ['m6gd c6gd r6gd m7gd c7gd r7gd', 'g6', 'arm64', 's'],
  ['m8g c8g r8g', 'g8', 'arm64', ''],
  ['i3', 'i3', 'amd64', 'xs'],
  ['i3en', 'i3en', 'amd64', 's'],
  ['i4i i7ie', 'i4i', 'amd64', 's'],
  ['i4g im4gn is4gen', 'i4g', 'arm64', 's'],
  ['d3 d3en', 'd3', 'amd64', 's'],
  ['m3', 'm3', 'amd64', 'xs'],
  ['c3 r3', 'c3', 'amd64', 'xs'],
  ['i2 d2', 'i2', 'amd64', 'xs'],
  ['t1', 't1', 'amd64', 'x'],
  ['m1', 'm1', 'amd64', 'xs'],
  ['m2', 'm2', 'amd64', 'xs'],
  ['c1', 'c1', 'amd64', 'xs'],
  ['h1', 'h1', 'amd64', 'xs'],
  ['x1', 'x1', 'amd64', 'xs'],
  ['x1e', 'x1e', 'amd64', 'xs'],
  ['p2', 'p2', 'amd64', 'x'],
  ['p3', 'p3', 'amd64', 'x'],
  ['g2', 'g2', 'amd64', 'xs'],
  ['g3', 'g3', 'amd64', 'x'],
  ['g3s', 'g3s', 'amd64', 'x'],
  ['f1', 'f1', 'amd64', 'xs'],
  ['g4dn', 'g4dn', 'amd64', 's'],
  ['g5', 'g5', 'amd64', 's'],
  ['z1d', 'z1d', 'amd64', 's'],
  ['x2gd', 'g6', 'arm64', 's'],
  ['m8gd c8gd r8gd', 'g8', 'arm64', 's'],
];

interface Family extends InstanceTypeFacts {
  readonly sizes: readonly string[];
}

let table: Map<string, Family> | undefined;

function families(): ReadonlyMap<string, Family> {
  table ??= new Map(
    FAMILIES.flatMap(([names, sizes, architecture, flags]) => {
      const family = {
        architecture,
        nitro: !flags.includes('x'),
        instanceStore: flags.includes('s'),
        sizes: SIZES[sizes].split(' '),
      };
      return names.split(' ').map((name): [string, Family] => [name, family]);
    }),
  );
  return table;
}

/** What is known of a type; undefined for one that isn't known. */
export function instanceType(type: string): InstanceTypeFacts | undefined {
  const [name = '', size = ''] = type.split('.');
  const family = families().get(name);
  if (!family?.sizes.includes(size)) return undefined;
  // Bare metal of a Xen family (i3.metal) runs on Nitro.
  return size.startsWith('metal') ? { ...family, nitro: true } : family;
}

/** Types that exist with this family, or the same size in every family: candidates for the nearest right name. */
export function similarTypes(type: string): string[] {
  const [name = '', size = ''] = type.split('.');
  const family = families().get(name);
  if (family) return family.sizes.map((s) => `${name}.${s}`);
  return [...families()].filter(([, f]) => f.sizes.includes(size)).map(([n]) => `${n}.${size}`);
}

/** The same size in the first generation of its kind that is built on Nitro and has no instance store, or a small one. */
export function nitroLike(type: string): string {
  const [family = '', size = ''] = type.split('.');
  const newer = instanceType(`${family.charAt(0)}5.${size}`);
  return newer?.nitro === true && !newer.instanceStore ? `${family.charAt(0)}5.${size}` : 'm5.large';
}

/** The same type without instance store, where there is one, or one with as much memory for its processors. */
export function storeless(type: string): string {
  const without = type.replace(/^([a-z]\d[a-z]*?)d([a-z]*)\./, '$1$2.');
  return without !== type && instanceType(without)?.instanceStore === false ? without : 'r5.xlarge';
}
