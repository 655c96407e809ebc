/** The resources that packets depend on, by type, and how their properties are read. */
import { readRange } from '../range';
import type { Origin, Range, WorldFault } from '../world';
import type { Stack } from './assembly';
import { type Found, References } from './references';

/** What every reader of this folder works with. */
export class Emitted {
  readonly references: References;
  private readonly ranges = new Map<string, Range>();
  private readonly byType = new Map<string, Found[]>();

  constructor(
    stacks: readonly Stack[],
    readonly faults: WorldFault[],
  ) {
    this.references = new References(stacks, faults);
    for (const found of this.references.all()) {
      const list = this.byType.get(found.resource.Type);
      if (list === undefined) this.byType.set(found.resource.Type, [found]);
      else list.push(found);
    }
  }

  /** In the order of stack paths and templates. */
  all(type: string): readonly Found[] {
    return this.byType.get(type) ?? [];
  }

  /** A range in a property; each text is read once. */
  range(found: Found, name: string): Range | undefined {
    const text = this.text(found, name);
    if (text === undefined) return undefined;
    let range = this.ranges.get(text);
    if (range === undefined) {
      range = readRange(text);
      if (range !== undefined) this.ranges.set(text, range);
    }
    return range;
  }

  property(found: Found, name: string): unknown {
    return found.resource.Properties?.[name];
  }

  text(found: Found, name: string): string | undefined {
    return this.references.text(this.property(found, name), found.stack);
  }

  /** What a property refers to, of that type; anything else is a fault. */
  target(found: Found, value: unknown, ...types: readonly string[]): Found | undefined {
    const target = this.references.find(value, found.stack, found.logicalId);
    if (target === undefined || types.includes(target.resource.Type)) return target;
    this.fault(
      found,
      `it refers to ${target.logicalId} of ${target.stack.path}, an ${target.resource.Type}, not an ${types.join(' or ')}`,
    );
    return undefined;
  }

  /** What was read before of the thing that a property refers to. */
  among<T>(known: ReadonlyMap<string, T>, found: Found, value: unknown, ...types: readonly string[]): T | undefined {
    const target = this.target(found, value, ...types);
    return target === undefined ? undefined : known.get(target.id);
  }

  fault(found: Found, message: string): void {
    this.faults.push({ where: found.stack.path, what: found.logicalId, message });
  }
}

export function originOf(found: Found): Origin {
  return { stack: found.stack.path, logicalId: found.logicalId };
}

/** The planned name inside a logical id: `SubnetMembersAG1` is `MembersA`. */
export function plannedName(logicalId: string, kind: string): string {
  return logicalId.replace(new RegExp(`^${kind}`), '').replace(/G\d+$/, '') || logicalId;
}

/** The `Name` tag of a resource or of a tag list. */
export function nameTag(tags: unknown): string | undefined {
  if (!Array.isArray(tags)) return undefined;
  const tag = tags.find((t: { Key?: unknown }) => t?.Key === 'Name') as { Value?: unknown } | undefined;
  return typeof tag?.Value === 'string' ? tag.Value : undefined;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

export function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
