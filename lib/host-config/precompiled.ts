import type { PrecompiledTemplate } from './template';

/**
 * Templates of this package's own profiles, by their whole text. Empty where the program is no bundle: `scripts/precompiled.mjs` writes it anew
 * into one.
 */
export const precompiled: ReadonlyMap<string, PrecompiledTemplate> = new Map();
