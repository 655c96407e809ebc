/** Every alert and alarm has a page, and every command on a page is one that there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alerts } from '../../lib/collection/watching/alert-rules';
import { RUNBOOK_SECTIONS } from '../../lib/collection/watching/runbooks';
import { RUNBOOKS } from '../../lib/plan/runbook-page';
import { ROOT } from '../root';
import { alarmsOfExamples } from './alarms';
import { meissaCommands, refusalOf, shellLines } from './commands';

const paths = readdirSync(join(ROOT, RUNBOOKS), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md') && path !== 'README.md')
  .sort();
const text = (path: string): string => readFileSync(join(ROOT, RUNBOOKS, path), 'utf8');
const incidents = paths.filter((path) => path.startsWith('incidents/'));
const pages = paths.map((path) => [path, text(path)] as const);

test('the index leads to every page', () => {
  const led = [...text('README.md').matchAll(/\]\(((?:incidents\/)?[\w-]+\.md)\)/g)].map(([, path]) => path!);
  expect([...new Set(led)].sort()).toEqual(paths);
});

test('every alert of Prometheus and every alarm of a cloud has a page, and no page is of anything else', () => {
  const alarms = alarmsOfExamples();
  for (const { name, page } of alarms) expect([name, page]).toEqual([name, expect.stringMatching(/^docs\/runbooks\/\w+\.md$/)]);
  const told = new Set([
    ...alerts.map(({ name }) => `${name}.md`),
    ...alarms.map(({ page }) => page!.replace(`${RUNBOOKS}/`, '')),
  ]);
  expect(paths.filter((path) => !incidents.includes(path)).sort()).toEqual([...told].sort());
});

test.each(pages)('%s says what it means, where to look, what to do and whom to wake', (path, page) => {
  expect(page).toMatch(/^# \S/);
  expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(RUNBOOK_SECTIONS);
  expect(shellLines(page).length).toBeGreaterThan(0);
  const links = [...page.matchAll(/\]\(([^)#:]+)(?:#[\w-]+)?\)/g)].map(([, link]) => link!);
  for (const link of links) expect([link, existsSync(join(ROOT, RUNBOOKS, dirname(path), link))]).toEqual([link, true]);
  // Of Prometheus's own language, and of names of alerts that lead nowhere, nothing is left.
  expect(page).not.toMatch(/\{\{|\[[A-Z]\w+\](?!\()/);
});

test.each([...pages, ['README.md', text('README.md')] as const])('%s names commands that there are', async (_, page) => {
  for (const command of meissaCommands(page)) expect([command, await refusalOf(command)]).toEqual([command, undefined]);
});

test('a verb, an option or a number of arguments that there is not is found', async () => {
  expect(await refusalOf('meissa mend sa-east-1')).toMatch(/unknown command 'mend'/);
  expect(await refusalOf('meissa deploy sa-east-1 --force')).toMatch(/unknown option '--force'/);
  expect(await refusalOf('meissa replace a b')).toMatch(/too many arguments/);
  expect(await refusalOf('meissa drift')).toMatch(/missing required argument/);
  expect(await refusalOf('meissa targets us-east-1 > /etc/prometheus/targets.json')).toBeUndefined();
});
