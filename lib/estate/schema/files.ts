/**
 * The schemas that files are checked against: those that `npm run schemas` made from zod into `schemas/`, where
 * editors read them too. So an editor and `meissa validate` say the same. A test holds that they are current.
 */
import artifactsLock from '../../../schemas/artifacts-lock.schema.json';
import estate from '../../../schemas/estate.schema.json';
import idc from '../../../schemas/idc.schema.json';
import imagesLock from '../../../schemas/images-lock.schema.json';
import membersLock from '../../../schemas/members-lock.schema.json';
import profile from '../../../schemas/profile.schema.json';
import region from '../../../schemas/region.schema.json';
import tokensLock from '../../../schemas/tokens-lock.schema.json';
import type { JsonSchema } from '../model/profile';
import type { EstateFile } from './estate-schema';
import type { IdcFile } from './idc-schema';
import type { ArtifactsLockFile, ImagesLockFile, MembersLockFile, TokensLockFile } from './lock-schemas';
import type { ProfileFile } from './profile-schema';
import type { RegionFile } from './region-schema';

/** A schema, and the type of what it lets through. */
export interface FileSchema<T> {
  readonly json: JsonSchema;
  /** Never there: only carries the type. */
  readonly output?: T;
}

export const ESTATE: FileSchema<EstateFile> = { json: estate };
export const REGION: FileSchema<RegionFile> = { json: region };
export const IDC: FileSchema<IdcFile> = { json: idc };
export const PROFILE: FileSchema<ProfileFile> = { json: profile };
export const IMAGES: FileSchema<ImagesLockFile> = { json: imagesLock };
export const TOKENS: FileSchema<TokensLockFile> = { json: tokensLock };
export const ARTIFACTS: FileSchema<ArtifactsLockFile> = { json: artifactsLock };
export const MEMBERS: FileSchema<MembersLockFile> = { json: membersLock };
