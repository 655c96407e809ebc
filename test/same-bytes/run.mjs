// Do two built trees say the same of the same estates? What a change of the house must hold: every template, user-data, router file,
// plan and finding of the example, of test/estates and of generated estates (half of them joined by links and a data centre), byte by byte.
//
//   node test/same-bytes/run.mjs <built tree before> [built tree after: this one]
//
// MEISSA_SAME_ESTATES (50) says how many are generated, MEISSA_SAME_SEED (20261130) from what. Both trees read one copy of the inputs,
// written from the first. Exit code 1: something differs, and what.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [before, after = here] = process.argv.slice(2).map((path) => resolve(path));
if (before === undefined) throw new Error('node test/same-bytes/run.mjs <built tree before> [built tree after]');
const count = Number(process.env.MEISSA_SAME_ESTATES ?? 50);
const seed = Number(process.env.MEISSA_SAME_SEED ?? 20261130);
const scratch = mkdtempSync(join(tmpdir(), 'meissa-same-'));
const estates = join(scratch, 'estates');

await writeEstates();
let differing = 0;
for (const estate of readdirSync(estates).sort()) {
  const [one, other] = [said(before, estate, 'before'), said(after, estate, 'after')];
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  const different = names.filter((name) => one.get(name) !== other.get(name));
  differing += different.length;
  console.log(`${estate}: ${names.length} files, ${digest([...one].join('\n')).slice(0, 12)}, ${different.length} differ`);
  for (const name of different.slice(0, 20)) console.log(`  ${name}: ${show(one.get(name))} -> ${show(other.get(name))}`);
}
console.log(differing === 0 ? 'the same bytes' : `${differing} files differ; they stand in ${scratch}`);
if (differing === 0) rmSync(scratch, { recursive: true });
process.exitCode = differing === 0 ? 0 : 1;

function show(value) {
  return value === undefined ? 'nothing' : value.slice(0, 12);
}

/** Every file that a tree makes of an estate, and what it prints, by name. */
function said(tree, estate, side) {
  const root = join(estates, estate);
  const out = join(scratch, side, estate);
  mkdirSync(out, { recursive: true });
  const meissa = (name, ...args) => {
    const { status, stdout } = spawnSync(process.execPath, [join(tree, 'dist/bin/meissa.js'), ...args, '--root', root], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, CDK_VALIDATION: 'false', NO_COLOR: '1' },
    });
    writeFileSync(join(out, name), `${stdout.replaceAll(out, '<out>')}exit ${status}\n`);
  };
  meissa('validate.json', 'validate', '--json', '--today', '2026-11-21');
  meissa('plan.json', 'plan', '--hosts', '--json');
  meissa('synth.json', 'synth', '--json', '--out', join(out, 'cdk.out'));
  // What CDK says of where in our code a construct was made is no part of what is deployed.
  const kept = files(out).filter((path) => !path.endsWith('.metadata.json'));
  return new Map(
    kept.map((path) => [
      path,
      digest(path === 'cdk.out/manifest.json' ? manifest(join(out, path)) : readFileSync(join(out, path))),
    ]),
  );
}

/** CDK's assembly without the report of which of CDK's own feature flags an app sets. */
function manifest(path) {
  const { artifacts, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  const kept = Object.entries(artifacts).filter(([, { type }]) => type !== 'cdk:feature-flag-report');
  return JSON.stringify([rest, kept]);
}

function files(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? files(folder, path) : [path];
  });
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeEstates() {
  mkdirSync(estates, { recursive: true });
  cpSync(join(before, 'regions'), join(estates, 'example/regions'), { recursive: true });
  for (const name of readdirSync(join(before, 'test/estates')))
    if (existsSync(join(before, 'test/estates', name, 'regions')))
      cpSync(join(before, 'test/estates', name), join(estates, name), { recursive: true });
  const outfile = join(here, '.meissa/same-bytes-estates.cjs');
  await build({
    entryPoints: [join(before, 'test/estate/arbitrary.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    define: { __dirname: JSON.stringify(join(before, 'test/estate')) },
    logLevel: 'warning',
  });
  const require = createRequire(outfile);
  const fc = require('fast-check');
  const { estateFiles, linkedEstateFiles } = require(outfile);
  const generated = [
    ...fc.sample(estateFiles(), { numRuns: Math.ceil(count / 2), seed }),
    ...fc.sample(linkedEstateFiles(), { numRuns: Math.floor(count / 2), seed }),
  ];
  generated.forEach((written, i) => {
    for (const [path, text] of Object.entries(written)) {
      const file = join(estates, `generated-${String(i).padStart(3, '0')}`, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  });
}
