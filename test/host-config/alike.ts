/** Hosts whose user-data is that of others under other names and addresses: which golden file stands for them, and what takes the place of what. */

/** Each text of the golden file and what stands in its place, in this order, wherever it stands. */
export type Substitutions = readonly (readonly [golden: string, here: string])[];

export interface Alike {
  /** The golden file's name without `.yaml`. */
  readonly golden: string;
  readonly but: Substitutions;
}

/** A zone's subnet of members begins at 8 in the third number, and the next zone's is 32 further: `layout.ts`, told here a second time. */
const zone = (letter: string): number => 8 + 32 * (letter.charCodeAt(0) - 'a'.charCodeAt(0));

/** A region of three zones beside sa-east-1, which has 10.9.0.0/16 and the zones a, b, c. */
function region(name: string, second: number, zones = 'abc'): Record<string, Alike> {
  const subnets = [...zones].map((letter, n) => [`10.9.${zone('abc'[n]!)}.`, `10.${second}.${zone(letter)}.`] as const);
  return fleets(name, [['sa-east-1', name], ['10.9.0.0/16', `10.${second}.0.0/16`], ...subnets]);
}

function fleets(name: string, but: Substitutions): Record<string, Alike> {
  return Object.fromEntries(
    ['adserver', 'storage', 'voters'].map((fleet) => [`${name}-core-${fleet}`, { golden: `sa-east-1-core-${fleet}`, but }]),
  );
}

/** By the name of the hosts. */
export const alike: Readonly<Record<string, Alike>> = {
  ...region('us-east-1', 1),
  ...region('us-west-2', 3),
  ...region('eu-west-1', 4),
  ...region('ap-southeast-1', 5),
  ...region('ap-southeast-2', 6),
  ...region('ap-northeast-1', 7, 'acd'),
  ...region('ap-south-1', 8),
  // Two zones: the third voter is the second of the first zone.
  ...fleets('us-west-1', [
    ['sa-east-1', 'us-west-1'],
    ['10.9.0.0/16', '10.2.0.0/16'],
    ['"10.9.8.16 10.9.40.16 10.9.72.16"', '"10.2.8.16 10.2.72.16"'],
    ['"10.9.8.64 10.9.40.64 10.9.72.64"', '"10.2.8.64 10.2.72.64"'],
    ['10.9.8.16', '10.2.8.16'],
    ['10.9.40.16', '10.2.72.16'],
    ['10.9.72.16', '10.2.8.17'],
  ]),
  'us-east-1-collection-front-ends': {
    golden: 'sa-east-1-collection-front-ends',
    but: [
      ['sa-east-1', 'us-east-1'],
      ['10.9.', '10.1.'],
    ],
  },
  ...Object.fromEntries(
    ['voters', 'worker'].map((fleet) => [
      `hybrid-eu-west-1-core-${fleet}`,
      {
        golden: `hybrid-us-east-1-core-${fleet}`,
        but: [
          ['us-east-1', 'eu-west-1'],
          ['10.1.', '10.2.'],
          ['172.16.0.0/16', '172.17.0.0/16'],
        ],
      },
    ]),
  ),
  'hybrid-beijing-a02': {
    golden: 'hybrid-beijing-a01',
    but: [
      ['beijing-a01', 'beijing-a02'],
      ['10.200.1.2', '10.200.2.2'],
      ['172.20.0.0/19', '172.20.32.0/19'],
    ],
  },
  'bj-idc-a02': {
    golden: 'bj-idc-a01',
    but: [
      ['bj-idc-a01', 'bj-idc-a02'],
      ['10.200.1.2', '10.200.2.2'],
      ['172.28.0.0/19', '172.28.32.0/19'],
    ],
  },
};

/** The golden text with the substitutions made. */
export function substituted(text: string, but: Substitutions): string {
  return but.reduce((now, [from, to]) => now.replaceAll(from, to), text);
}
