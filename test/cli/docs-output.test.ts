/** What the docs show as printed by meissa is what it prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../child/run';
import { meissa } from './run';

const PAGE = join(ROOT, 'docs/architecture/network.md');
const HYBRID = join(ROOT, 'test/estates/hybrid');
const ALIYUN = join(ROOT, 'test/estates/aliyun');
const shown = [...readFileSync(PAGE, 'utf8').matchAll(/```\n\$ meissa (reach [^\n]*)\n([\s\S]*?)\n```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);

test('the network page shows an allowed pair and a refused one', () => {
  expect(shown.map(([, output]) => output.split(' ')[0])).toEqual(expect.arrayContaining(['yes', 'no']));
});

test.each(shown)('meissa %s', async (command, output) => {
  const root = command.includes('cn-') ? ALIYUN : command.includes('beijing') ? HYBRID : ROOT;
  const said = await meissa(...command.split(' '), '--root', root);
  expect(said.stdout.trimEnd()).toBe(output);
  expect(said.code).toBe(output.startsWith('yes') ? 0 : 1);
});
