import type { ProfileFile } from '../schema/profile-schema';

/**
 * What the `profile.yaml` files of this package say, by their whole text: read, and found right, when the program was bundled
 * (`scripts/precompiled.mjs` writes it anew into a bundle). Empty where it is none.
 */
export const ownProfiles: ReadonlyMap<string, ProfileFile> = new Map();
