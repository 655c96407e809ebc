/** zod is where the schemas are written; what is run is the JSON Schema made from it. Both must say the same. */
import fc from 'fast-check';
import { parse } from 'yaml';
import type { z } from 'zod';
import { estateSchema } from '../../lib/estate/schema/estate-schema';
import { ESTATE, type FileSchema, IDC, IMAGES, MEMBERS, REGION } from '../../lib/estate/schema/files';
import { idcSchema } from '../../lib/estate/schema/idc-schema';
import { checkJson } from '../../lib/estate/schema/json-check';
import { imagesLockSchema, membersLockSchema } from '../../lib/estate/schema/lock-schemas';
import { regionSchema } from '../../lib/estate/schema/region-schema';
import { linkedEstateFiles, mutate } from './arbitrary';

function schemaOf(path: string): [z.ZodType, FileSchema<unknown>] | undefined {
  if (path === 'regions/estate.yaml') return [estateSchema, ESTATE];
  if (path === 'regions/images.lock.yaml') return [imagesLockSchema, IMAGES];
  if (path.endsWith('.members.lock.yaml')) return [membersLockSchema, MEMBERS];
  if (path === 'regions/home.yaml') return [idcSchema, IDC];
  return path.endsWith('.lock.yaml') ? undefined : [regionSchema, REGION];
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function same(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const schemas = schemaOf(path);
    const value = parsed(text);
    if (schemas === undefined || value === undefined) continue;
    const [zod, json] = schemas;
    const expected = zod.safeParse(value);
    const { value: filled, problems } = checkJson(json.json, value);
    expect(problems.length === 0).toBe(expected.success);
    if (expected.success) expect(filled).toEqual(expected.data);
  }
}

test('valid files get the same value with the same defaults as from zod', () => {
  fc.assert(fc.property(linkedEstateFiles(), same), { numRuns: 15 });
});

test('broken files are refused exactly where zod refuses them', () => {
  fc.assert(
    fc.property(
      linkedEstateFiles().chain((files) => mutate(files).chain(mutate).chain(mutate)),
      same,
    ),
    { numRuns: 60 },
  );
});
