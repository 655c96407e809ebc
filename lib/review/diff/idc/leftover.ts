/** What no kind of meaning explains: told line by line as it stands, so that nothing is left out. */
import type { Meaning, Severity } from '../meaning/meaning';
import { withoutSecrets } from '../meaning/secrets';
import { listChange } from '../model/list-change';
import { type IdcChange, SHEET } from './change';
import { settings } from './read/settings';
import { entriesThatDiffer, fileOf, type RouterChange } from './router';

/** Lines of routers' files that nobody reads. @param explained files that come or go with what stands in them */
export function routerLeftover(router: RouterChange, explained: ReadonlySet<string>): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  return entriesThatDiffer(before.rest, after.rest).flatMap(({ key, old, now }): Meaning[] => {
    const file = fileOf(router, key);
    if ((old === undefined || now === undefined) && explained.has(file)) return [];
    return lines(place, file, old, now, 'network');
  });
}

/** Files of which not one line was told: statements that are read with others, or nobody's; comments; another order. */
export function fileLeftover({ name, before, after }: IdcChange, explained: ReadonlySet<string>): Meaning[] {
  const texts = entriesThatDiffer(before, after).filter(({ key }) => !isExplained(key, explained));
  return texts.flatMap(({ key, old, now }) => {
    const router = /^routers\/([^/]+)\//.exec(key)?.[1];
    const place = router === undefined ? name : `${name}/${router}`;
    const [was, is] = [statements(key, old), statements(key, now)];
    const { gone, come } = listChange(was, is);
    if (gone.length + come.length > 0) return lines(place, key, was, is, 'network');
    return lines(place, key, flat(old), flat(now), 'cosmetic');
  });
}

/** Lines that a program reads; the sheet is read by people. */
function statements(path: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  return path === SHEET ? [] : settings(text.replace(/^\s*!.*$/gm, ''));
}

function isExplained(path: string, explained: ReadonlySet<string>): boolean {
  return explained.has(path) || path.split('/').some((_part, i, parts) => explained.has(`${parts.slice(0, i + 1).join('/')}/`));
}

/** Columns of a table are as wide as their longest cell: widths say nothing. */
function flat(text: string | undefined): string[] | undefined {
  return text
    ?.split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---'));
}

function lines(
  stack: string,
  file: string,
  old: readonly string[] | undefined,
  now: readonly string[] | undefined,
  severity: Severity,
): Meaning[] {
  const { gone, come } = listChange(old, now);
  const base = { severity, stack, hosts: [], explains: [file] } as const;
  if (old === undefined) return [{ ...base, kind: 'file-comes', what: `+ file ${file}`, details: shown('+', come) }];
  if (now === undefined) return [{ ...base, kind: 'file-goes', what: `- file ${file}`, details: shown('-', gone) }];
  if (gone.length + come.length === 0)
    return [{ ...base, kind: 'file-changes', what: `~ ${file}: the same lines in another order`, details: [] }];
  const what = file === SHEET ? `~ ${file} says it too: print it anew` : `~ ${file}`;
  return [{ ...base, kind: 'file-changes', what, details: [...shown('-', gone), ...shown('+', come)] }];
}

function shown(sign: string, all: readonly string[]): string[] {
  return all.map((line) => `${sign} ${withoutSecrets(line)}`);
}
