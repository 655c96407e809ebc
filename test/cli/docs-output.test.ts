/** What the docs show as printed by meissa is what it prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root';
import { meissa } from './run';

const PAGES = ['docs/architecture/network.md', 'docs/reach.md'].map((page) => readFileSync(join(ROOT, page), 'utf8'));
const HYBRID = join(ROOT, 'test/estates/hybrid');
const ALIYUN = join(ROOT, 'test/estates/aliyun');
const shown = [...PAGES.join('\n').matchAll(/```\n\$ meissa (reach [^\n]*)\n([\s\S]*?)\n```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);

test('the pages of network and reach show an allowed pair and a refused one', () => {
  expect(shown.map(([, output]) => output.split(' ')[0])).toEqual(expect.arrayContaining(['yes', 'no']));
});

test.each(shown)('meissa %s', async (command, output) => {
  const root = command.includes('cn-') ? ALIYUN : /beijing|core-worker/.test(command) ? HYBRID : ROOT;
  const said = await meissa(...command.split(' '), '--root', root);
  expect(said.stdout.trimEnd()).toBe(output);
  expect(said.code).toBe(output.startsWith('yes') ? 0 : 1);
});

const SIZING = readFileSync(join(ROOT, 'docs/collection/sizing.md'), 'utf8');
const sized = [...SIZING.matchAll(/```\n\$ meissa (size collection [^\n]*)\n([\s\S]*?)\n```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);

test('the page of sizing shows nine regions that keep a week', () => {
  expect(sized.map(([command]) => command)).toEqual([
    'size collection --peak 50MB/s --average 20MB/s --line 500B --retention 7d --replication 3 --growth 1.5 --regions 9 --outage 24h',
  ]);
});

test.each(sized)('meissa %s', async (command, output) => {
  const said = await meissa(...command.split(' '));
  expect(said.stdout.trimEnd()).toBe(output);
  expect(said.code).toBe(0);
});
