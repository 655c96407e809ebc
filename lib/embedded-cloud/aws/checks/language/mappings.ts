import { isObject, type Json } from '../../../../engine/json';
import type { Template } from '../../../../engine/template';

const plain = (v: Json | undefined): boolean => v !== null && typeof v !== 'object';

/** What is wrong with the form of Mappings: two levels of names, then a text or a list of texts ("Mappings"). */
export const mappingFaults = ({ Mappings }: Template): string[] =>
  Object.entries(Mappings).flatMap(([name, top]) => {
    const levels = isObject(top) ? Object.entries(top) : [];
    return [
      ...(/^[A-Za-z0-9]{1,255}$/.test(name)
        ? []
        : [`Template format error: Mappings attribute name '${name}' must contain only alphanumeric characters.`]),
      ...(levels.length > 0 && levels.every(([, second]) => isObject(second))
        ? []
        : [`Template format error: Every Mappings member ${name} must be a map of maps`]),
      ...levels.flatMap(([key, second]) =>
        Object.entries(isObject(second) ? second : {})
          .filter(([, value]) => !(plain(value) || (Array.isArray(value) && value.every(plain))))
          .map(
            ([attribute]) =>
              `Template format error: Every Mappings attribute must be a String or a List. (${name}.${key}.${attribute})`,
          ),
      ),
    ];
  });
