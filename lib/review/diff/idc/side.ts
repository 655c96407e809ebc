/** What is compared of a data centre: its files, as synth writes them. Who made them, and from what, is no part of the diff. */

export interface IdcSide {
  readonly name: string;
  /** Text by path below the data centre's folder: `routers/r1/frr.conf`. */
  readonly files: Files;
}

export type Files = ReadonlyMap<string, string>;

/** @param files of several data centres, by path below `idc.out` */
export function idcSides(files: Files): IdcSide[] {
  const sides = new Map<string, Map<string, string>>();
  for (const [path, text] of files) {
    const cut = path.indexOf('/');
    if (cut <= 0) continue;
    const name = path.slice(0, cut);
    const own = sides.get(name) ?? new Map<string, string>();
    sides.set(name, own.set(path.slice(cut + 1), text));
  }
  return [...sides].map(([name, own]) => ({ name, files: own }));
}
