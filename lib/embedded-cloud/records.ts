import type { Context, Handler, Made } from '../engine/handler';
import type { Json, JsonObject } from '../engine/json';
import type { Thing } from './aws/world/records';

/** How a type is kept of which only its properties matter here. */
export interface RecordType<C extends Context> {
  /** Its physical id. */
  id(c: C, p: JsonObject): string;
  attributes?(c: C, id: string, p: JsonObject): Record<string, Json>;
  /** Checks before it is made or changed. */
  check?(c: C, p: JsonObject, id: string): void;
  /** The service's error for a name that is taken. */
  taken?: string;
  /** What else its creation and deletion do. */
  made?(c: C, id: string, p: JsonObject): void;
  gone?(c: C, id: string): void;
}

/** Where a cloud keeps records, and how it says that a name is taken or nothing is there. */
export interface RecordKeeping<C extends Context> {
  things(c: C): Record<string, Thing>;
  taken(code: string, id: string): Error;
  absent(type: string, id: string): Error;
}

/** A handler over plain records, with the type's own checks. */
export function recordHandler<C extends Context>(keeping: RecordKeeping<C>, type: string, t: RecordType<C>): Handler<C> {
  const key = (id: string) => `${type} ${id}`;
  const made = (c: C, id: string, p: JsonObject): Made => ({
    physicalId: id,
    attributes: t.attributes?.(c, id, p),
  });
  return {
    create(c, p) {
      const id = t.id(c, p);
      if (t.taken && keeping.things(c)[key(id)]) throw keeping.taken(t.taken, id);
      t.check?.(c, p, id);
      t.made?.(c, id, p);
      keeping.things(c)[key(id)] = { id, type, properties: p };
      return made(c, id, p);
    },
    update(c, id, p) {
      t.check?.(c, p, id);
      const thing = keeping.things(c)[key(id)];
      if (!thing) throw keeping.absent(type, id);
      thing.properties = p;
      return made(c, id, p);
    },
    delete(c, id) {
      t.gone?.(c, id);
      delete keeping.things(c)[key(id)];
    },
    read: (c, id) => keeping.things(c)[key(id)]?.properties,
  };
}
