/** Where a program of a host reads what it has to do: a JSON file that was rendered with the host, and the host's own name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In front of every path of a configuration. @default - empty; tests lay a host under a folder */
export const ROOT = process.env.MEISSA_ROOT ?? '';

/** Path of a file of the host, as its configuration says it; what lies below the root already is taken as it is. */
export function hostPath(path: string): string {
  return ROOT === '' || path.startsWith(`${ROOT}/`) ? path : join(ROOT, path);
}

/**
 * What stands in `/run/meissa/host.env`.
 *
 * @throws Error where the file or a variable is missing: the unit starts again until the host knows its name
 */
export function readHostEnv(path = '/run/meissa/host.env'): (variable: string) => string {
  const text = readFileSync(hostPath(path), 'utf8');
  const values = new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.replace(/^"(.*)"$/, '$1')]];
    }),
  );
  return (variable) => {
    const value = values.get(variable);
    if (value === undefined || value === '') throw new Error(`${path} has no ${variable}`);
    return value;
  };
}

/** @throws Error with the path where it isn't there or isn't JSON */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(hostPath(path), 'utf8'));
  } catch (error) {
    throw new Error(`can't read ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Reads fields of a JSON object, each by its path, and says which one is wrong. */
export class Fields {
  constructor(
    private readonly value: unknown,
    private readonly path = '',
  ) {}

  /** A part of it; a missing one is read as an empty object. */
  part(name: string): Fields {
    return new Fields(this.get(name) ?? {}, this.at(name));
  }

  list(name: string): Fields[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw this.wrong(name, 'a list');
    return value.map((entry, i) => new Fields(entry, `${this.at(name)}.${i}`));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  text(name: string, otherwise?: string): string {
    const value = this.get(name) ?? otherwise;
    if (typeof value !== 'string' || value === '') throw this.wrong(name, 'a text');
    return value;
  }

  texts(name: string): string[] {
    const value = this.get(name);
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw this.wrong(name, 'a list of texts');
    return value;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.get(name) ?? otherwise;
    if (typeof value !== 'boolean') throw this.wrong(name, 'true or false');
    return value;
  }

  /** A number of at least `least`, 0 where not said. */
  number(name: string, otherwise?: number, least = 0): number {
    const value = this.get(name) ?? otherwise;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < least)
      throw this.wrong(name, `a number of at least ${least}`);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.get(name);
    if (!values.some((known) => known === value)) throw this.wrong(name, `one of ${values.join(', ')}`);
    return value as T;
  }

  private get(name: string): unknown {
    if (typeof this.value !== 'object' || this.value === null)
      throw new Error(`${this.path || 'the configuration'} is not an object`);
    return (this.value as Record<string, unknown>)[name];
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private wrong(name: string, wanted: string): Error {
    return new Error(`${this.at(name)} must be ${wanted}, and is ${JSON.stringify(this.get(name)) ?? 'missing'}`);
  }
}
