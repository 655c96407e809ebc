/** JSON Schemas of all files, made from zod: for editors, and for the loader (schema/files.ts). `schemas/` holds them; a test holds that they are current. */
import { z } from 'zod';
import { estateSchema } from '../schema/estate-schema';
import { idcSchema } from '../schema/idc-schema';
import { artifactsLockSchema, imagesLockSchema, membersLockSchema, tokensLockSchema } from '../schema/lock-schemas';
import { profileSchema } from '../schema/profile-schema';
import { regionSchema } from '../schema/region-schema';

const SCHEMAS = {
  estate: estateSchema,
  region: regionSchema,
  idc: idcSchema,
  profile: profileSchema,
  'images-lock': imagesLockSchema,
  'tokens-lock': tokensLockSchema,
  'artifacts-lock': artifactsLockSchema,
  'members-lock': membersLockSchema,
} as const;

/** Text of every schema file by its path: `schemas/region.schema.json` and so on. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      `schemas/${name}.schema.json`,
      // `input`: what a person writes, where everything with a default may be left out.
      `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`,
    ]),
  );
}
