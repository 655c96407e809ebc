// Compiles the templates of this package's profiles for the bundle, and reads what those say of themselves, so that no run of a verb does: a
// fifth of `meissa validate` went into it. What takes the place of lib/host-config/precompiled.ts and lib/estate/build/own-profiles.ts; needs
// what tsc has written.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** The module, as JavaScript. */
export function precompiledModule() {
  const { isTemplate, precompileTemplate, TemplateProblem } = require(join(root, 'dist/lib/host-config/template.js'));
  const entries = [...new Set(texts())].filter(isTemplate).flatMap((text) => {
    try {
      return [`[${JSON.stringify(text)}, ${precompileTemplate(text)}]`];
    } catch (error) {
      // No template, though it looks like one, or a wrong one: whoever renders it is told.
      if (!(error instanceof TemplateProblem)) throw error;
      return [];
    }
  });
  return `export const precompiled = new Map([${entries.join(',\n')}]);`;
}

/** The module, as JavaScript. Throws where one of them is wrong: nothing would be told of it any more. */
export function ownProfilesModule() {
  const { loadProfiles } = require(join(root, 'dist/lib/estate/build/profiles.js'));
  const { diskSource } = require(join(root, 'dist/lib/estate/files/disk-source.js'));
  const { emptySource } = require(join(root, 'dist/lib/estate/read/source.js'));
  const { profiles, findings } = loadProfiles(readdirSync(join(root, 'cloud-config')), emptySource, diskSource(root));
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  const entries = [...profiles.values()].map(({ name, folder, fragment: _, files: __, ...rest }) => {
    const text = readFileSync(join(root, folder, 'profile.yaml'), 'utf8');
    return `[${JSON.stringify(text)}, ${JSON.stringify({ profile: name, ...rest })}]`;
  });
  return `export const ownProfiles = new Map([${entries.join(',\n')}]);`;
}

/** Scalars of fragments, and the other files. */
function* texts() {
  const { yamlTree } = require(join(root, 'dist/lib/estate/read/yaml-tree.js'));
  const profiles = join(root, 'cloud-config');
  for (const profile of readdirSync(profiles)) {
    for (const name of readdirSync(join(profiles, profile))) {
      const text = readFileSync(join(profiles, profile, name), 'utf8');
      if (name === 'cloud-config.yaml') yield* scalars(yamlTree(text, true).root);
      else yield text;
    }
  }
}

function* scalars(node) {
  if (node?.kind === 'scalar' && typeof node.value === 'string') yield node.value;
  else if (node?.kind === 'list') for (const item of node.items) yield* scalars(item);
  else if (node?.kind === 'map') for (const { value } of node.entries) yield* scalars(value);
}
