// node scripts/ci-no-credentials.mjs <folder>: fails when a credential stands in a log of a test run: in any *.log below the folder, or in
// a *.json of the folder itself (results of tests). It looks for every credential that tests use, and for what any other would look like.
// Says where and of what kind; never the line.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Key ids are no secrets, and names of variables and parameters are none either: each of these needs a value. */
const SHAPES = [
  ['a signed URL or an authorization', /\bsignature["']?(?:=|%3D|:\s*["'])[\w%+/-]{20,}/i],
  ['a text that is signed', /\b(?:GET|POST)&%2F&\S{20,}/],
  [
    'the secret of an access key',
    /(?:access_?key_?secret|secret_?access_?key|secret_key)["']?\s*[=:]\s*["']?(?=[A-Za-z+/]*\d)[\w+/]{16,}(?![\w.(])/i,
  ],
  ['a security token of STS', /\bCAIS[\w+/%=]{16,}/],
  ['a security token', /(?:security_?token|session_?token)["']?\s*[=:]\s*["']?(?=[A-Za-z+/]*\d)[\w+/]{16,}(?![\w.(])/i],
  ['a key or certificate', /-----BEGIN [A-Z]/],
];

const folder = process.argv[2];
if (folder === undefined) fail('which folder? node scripts/ci-no-credentials.mjs .meissa');
const files = filesOf(folder);
if (files.length === 0) fail(`there is no log in ${folder}: nothing was looked at`);
const known = knownCredentials();
const found = files.flatMap((file) => findingsOf(file));
for (const finding of found) console.log(finding);
console.log(
  `${found.length} credentials in ${files.length} files (${known.length} known ones and ${SHAPES.length} shapes looked for)`,
);
process.exit(found.length === 0 ? 0 : 1);

function findingsOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    const what = [
      ...known.filter(({ forms }) => forms.some((form) => line.includes(form))).map(({ name }) => name),
      ...SHAPES.filter(([, shape]) => shape.test(line)).map(([name]) => name),
    ];
    return what.map((name) => `credential in ${relative(process.cwd(), file)}:${at + 1}: ${name}`);
  });
}

/** Real programs of tests (large, not ours) and worlds of rehearsals (a cloud's own memory) are no logs. */
function filesOf(from, depth = 0) {
  return readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    const path = join(from, entry.name);
    if (entry.isDirectory()) return entry.name === 'real-parts' ? [] : filesOf(path, depth + 1);
    return entry.name.endsWith('.log') || (depth === 0 && entry.name.endsWith('.json')) ? [path] : [];
  });
}

/** Of the file that tests take theirs from; and what every secret and token of an embedded cloud begins with, each being made for its run. */
function knownCredentials() {
  const { note: _, ...used } = JSON.parse(readFileSync(join(root, 'test/credentials.json'), 'utf8'));
  const { SECRET_MARK } = require('../dist/lib/embedded-cloud/keys.js');
  return [
    ...leaves(used, 'test/credentials.json').map(({ name, value }) => ({
      name,
      forms: [value, encodeURIComponent(value), Buffer.from(value).toString('base64')],
    })),
    { name: 'a secret of an embedded cloud', forms: [SECRET_MARK, ...inBase64(SECRET_MARK)] },
  ];
}

/** What a text looks like inside a longer one in base64, at each of the three places that it can begin. */
function inBase64(text) {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    // The characters that hold bits of what stands before or behind it are left out.
    return whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  });
}

function leaves(value, name) {
  if (typeof value === 'string') return [{ name, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${name} ${key}`));
}

function fail(words) {
  console.error(words);
  process.exit(1);
}
