import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedDocs } from '../../lib/cli/verbs/docs';

const root = join(__dirname, '../..');
const COLLECTION = ['README', 'agents', 'front-ends', 'watching'].map((name) => `docs/collection/${name}.md`);

test.each(Object.entries(generatedDocs()))('%s is current (npm run docs)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test.each(['README.md', 'CONTRIBUTING.md', 'docs/deploy.md', 'docs/architecture.md', ...COLLECTION])(
  'every page that %s links to is there',
  (page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map((m) => m[1]!);
    for (const link of links) expect([link, existsSync(join(root, dirname(page), link))]).toEqual([link, true]);
  },
);
