/** Only lib/disk changes what is on this machine: the rule that holds for authors of verbs to come. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root';

/** What reads only. */
const READING = new Set([
  'accessSync',
  'constants',
  'createReadStream',
  'existsSync',
  'fstatSync',
  'lstat',
  'lstatSync',
  'opendirSync',
  'readFile',
  'readFileSync',
  'readdir',
  'readdirSync',
  'readlinkSync',
  'readSync',
  'realpathSync',
  'stat',
  'statSync',
  'type BigIntStats',
  'type Dirent',
  'type Stats',
]);

/** What may do more, and why. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // CDK hands a construct the folder of its session: made by CDK, claimed before by bin/app.ts or inside of a replaced folder.
  'lib/aws/region-stacks.ts': ['mkdirSync', 'writeFileSync'],
  'lib/aliyun/cdk/ros-files.ts': ['writeFileSync'],
  // New files in a scratch folder of this process.
  'lib/aws/fleet/block.ts': ['writeFileSync'],
  // The last is text of a program that looks around in a cell.
  'lib/embedded-cloud/aws/functions/confinement.ts': ['chmodSync', 'chownSync', 'mkdirSync', "require('fs')", 'writeFileSync'],
  'lib/embedded-cloud/aws/functions/functions.ts': ['mkdirSync', 'symlinkSync', 'writeFileSync'],
  // Who may use the socket in such a folder.
  'lib/embedded-cloud/aws/functions/passage.ts': ['chmodSync'],
};

/** Programs that run on hosts have their own rules: their units say which folders they may write to. */
const ON_HOSTS = 'lib/host-programs/';

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
  });
}

/** What a file takes of the file system that is more than reading. */
function taken(text: string): string[] {
  const found: string[] = [];
  const module = `['"](?:node:)?(?:fs|fs/promises|fs-extra|graceful-fs|rimraf)['"]`;
  // The specifier of an import stands at its end; of require and import() in brackets. Text in a template is no import.
  for (const [, names] of text.matchAll(new RegExp(String.raw`^import\s+([^;]*?)\s+from\s+${module}`, 'gm'))) {
    const list = /^(?:type\s+)?\{([^}]*)\}$/.exec(names!.trim())?.[1];
    if (names!.trim().startsWith('type ')) continue;
    if (list === undefined) found.push(names!.trim());
    else found.push(...list.split(',').map((name) => name.trim()));
  }
  for (const [all] of text.matchAll(new RegExp(String.raw`^export\s+[^;]*from\s+${module}`, 'gm'))) found.push(all);
  for (const [all] of text.matchAll(new RegExp(String.raw`\b(?:require|import|getBuiltinModule)\(\s*${module}\s*\)`, 'g')))
    found.push(all);
  // A namespace's members or a rename don't hide what they are.
  return found.filter((name) => name !== '' && !READING.has(name.split(' as ')[0]!));
}

test.each([
  [`import { rmSync } from 'node:fs';`, ['rmSync']],
  [`import { readFileSync, renameSync as move } from "fs";`, ['renameSync as move']],
  [`import {\n  cpSync,\n  type Stats,\n} from 'node:fs';`, ['cpSync']],
  [`import { rm } from 'node:fs/promises';`, ['rm']],
  [`import * as fs from 'node:fs';`, ['* as fs']],
  [`import fs from 'fs-extra';`, ['fs']],
  [`const fs = require('fs');`, [`require('fs')`]],
  [`const { rm } = await import('node:fs/promises');`, [`import('node:fs/promises')`]],
  [`export { rmSync } from 'node:fs';`, [`export { rmSync } from 'node:fs'`]],
  [`import { readFileSync } from 'node:fs';`, []],
])('the rule sees %j', (text, found) => {
  expect(taken(text)).toEqual(found);
});

test('lib and bin change nothing on the disk but by lib/disk', () => {
  const files = [...sources('lib'), ...sources('bin')].filter(
    (path) =>
      !path.startsWith('lib/disk/') &&
      !path.startsWith(ON_HOSTS) && // Text of the program that runs a function in a folder of its own.
      path !== 'lib/embedded-cloud/aws/functions/bootstrap.ts',
  );
  expect(files.length).toBeGreaterThan(300);
  const wrong = files.flatMap((path) =>
    taken(readFileSync(join(ROOT, path), 'utf8'))
      .filter((name) => !(EXCEPTIONS[path] ?? []).includes(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('no exception is kept that nobody needs', () => {
  for (const [path, names] of Object.entries(EXCEPTIONS)) {
    expect({ path, names: taken(readFileSync(join(ROOT, path), 'utf8')).sort() }).toEqual({ path, names: [...names].sort() });
  }
});
