/** Follows the steps of a finding to the letter, on texts as a person would in an editor: nothing of what it judges is used. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import type { Step } from '../../../lib/estate/findings/remedy';
import { meissa } from '../../cli/run';

/** A command that wasn't done. */
export class Refused extends Error {}

const GONE = '\0gone';

/** Texts by path. */
export type Files = Record<string, string>;

/**
 * The files once the steps were taken, in order.
 *
 * @param file of the finding: steps without a file are of it
 */
export async function followed(files: Files, file: string, steps: readonly Step[]): Promise<Files> {
  let now = { ...files };
  // Numbers of lines are those of before: all of them are written at once.
  const lines = steps.flatMap((step) => ('line' in step && !('word' in step) ? [step] : []));
  for (const { line, text, file: of = file } of lines) {
    const all = (now[of] ?? '').split('\n');
    all[line - 1] = text ?? GONE;
    now[of] = all.join('\n');
  }
  for (const path of Object.keys(now)) now[path] = now[path]!.replaceAll(`${GONE}\n`, '').replaceAll(GONE, '');
  for (const step of steps) {
    if ('run' in step) now = await ran(now, step.run);
    else if ('word' in step) now = reworded(now, step.file ?? file, step);
    else if (!('line' in step)) now = edited(now, file, step);
  }
  return now;
}

/** As somebody does who searches a line for a word, whole. */
function reworded(files: Files, file: string, step: Extract<Step, { readonly word: string }>): Files {
  const all = files[file]!.split('\n');
  const text = all[step.line - 1]!;
  const whole = /^[\w.-]+$/.test(step.word) ? new RegExp(`(?<![\\w.-])${step.word.replaceAll('.', '\\.')}(?![\\w-])`) : undefined;
  const rest = text.slice((step.column ?? 1) - 1);
  const at = whole === undefined ? rest.indexOf(step.word) : rest.search(whole);
  if (at < 0) throw new Error(`there is no ${step.word} in line ${step.line} of ${file}: ${text}`);
  all[step.line - 1] = text.slice(0, text.length - rest.length + at) + step.to + rest.slice(at + step.word.length);
  return { ...files, [file]: all.join('\n') };
}

function edited(files: Files, own: string, step: Exclude<Step, { readonly run: string } | { readonly line: number }>): Files {
  const now = { ...files };
  if ('delete' in step) {
    if (now[step.delete] === undefined) throw new Error(`there is no ${step.delete}`);
    delete now[step.delete];
    return now;
  }
  const file = step.file ?? own;
  const text = now[file];
  if (text === undefined && !('set' in step)) throw new Error(`there is no ${file}`);
  if ('move' in step) {
    delete now[file];
    now[step.move] = text!;
    return now;
  }
  const document = parseDocument(text ?? '{}');
  const outer = 'set' in step ? step.set.slice(0, -1) : [];
  if (outer.length > 0 && document.hasIn(outer) && document.getIn(outer) === null) document.setIn(outer, document.createNode({}));
  if ('set' in step) document.setIn(step.set, document.createNode(step.value));
  else if ('add' in step) {
    if (document.hasIn(step.add)) document.addIn(step.add, document.createNode(step.value));
    else document.setIn(step.add, document.createNode([step.value]));
  } else if ('remove' in step) {
    if (!document.deleteIn(step.remove)) throw new Error(`there is no ${step.remove.join('.')} in ${file}`);
  } else {
    const map = document.getIn(step.rename.slice(0, -1));
    const pair = isMap(map) ? map.items.find(({ key }) => String(key) === String(step.rename.at(-1))) : undefined;
    if (pair === undefined) throw new Error(`there is no ${step.rename.join('.')} in ${file}`);
    pair.key = document.createNode(step.to);
  }
  now[file] = document.toString();
  return now;
}

/** Runs a command of meissa on the files, as they stand on a disk. */
async function ran(files: Files, command: string): Promise<Files> {
  const root = mkdtempSync(join(tmpdir(), 'meissa-advice-'));
  try {
    cpSync(join(__dirname, '../fixtures/cloud-config'), join(root, 'cloud-config'), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const said = await meissa(...command.split(' '), '--root', root);
    if (said.code !== 0) throw new Refused(`meissa ${command} ended with ${said.code}: ${said.stderr}`);
    const now: Files = {};
    for (const path of Object.keys(files)) if (!path.startsWith('regions/')) now[path] = files[path]!;
    for (const name of readdirSync(join(root, 'regions')))
      if (name.endsWith('.yaml')) now[`regions/${name}`] = readFileSync(join(root, 'regions', name), 'utf8');
    return now;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
