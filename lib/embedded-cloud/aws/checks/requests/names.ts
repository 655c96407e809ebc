import type { JsonObject } from '../../../../engine/json';
import { nameForm } from '../../../../facts/aws/names';
import { type Said, text } from '../given';

/** What services refuse of the names that a resource is given, in the words of their common front end. */
export const nameFaults = (type: string, p: JsonObject): Said[] =>
  Object.keys(p).flatMap((key): Said[] => {
    const [name, known] = [text(p, key), nameForm(type, key)];
    if (name === undefined || known === undefined) return [];
    const at = `1 validation error detected: Value '${name}' at '${key[0]?.toLowerCase()}${key.slice(1)}' failed to satisfy constraint`;
    return [
      name.length > known.most && `${at}: Member must have length less than or equal to ${known.most}`,
      !known.form.test(name) && `${at}: Member must satisfy regular expression pattern: ${known.form.source}`,
    ];
  });
