// What a verb costs on the example, as a ratio to a process that does nothing, in the same run. The Node processes that a verb
// starts are counted with it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once, pairs } from './measure.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const meissa = join(root, 'dist/bin/meissa.js');
const nothing = [['-e', '0']];

export function benchVerbs(scratch, short, print) {
  const runs = short ? 5 : 15;
  const verb = (name, args, goal, options = {}) =>
    print(`meissa ${name} / node -e 0`, pairs([[meissa, ...args], options], nothing, runs), goal);
  verb('validate of the example', ['validate', '--root', root], 6);

  const same = committed(join(scratch, 'same'));
  verb('diff --base, nothing changed', ['diff', '--base', 'HEAD', '--root', same], 12);
  const edited = committed(join(scratch, 'edited'));
  const file = join(edited, 'regions/sa-east-1.yaml');
  const text = readFileSync(file, 'utf8');
  const other = text.replace('instanceType: c5.xlarge', 'instanceType: c5.large');
  if (other === text) throw new Error(`nothing to edit in ${file}`);
  writeFileSync(file, other);
  verb('diff --base, one region changed', ['diff', '--base', 'HEAD', '--root', edited], 25, { exits: [2] });
  verb('synth sa-east-1', ['synth', 'sa-east-1', '--root', same, '--out', join(scratch, 'synth/cdk.out')]);

  const state = ['--root', same, '--state', join(scratch, 'rehearsal')];
  const start = [meissa, 'rehearse', 'sa-east-1', ...state];
  once(start);
  // Half of what it was when the CDK CLI deployed it and CDK checked every template: 13 CPU s against 66 ms.
  print('npm start, warm / node -e 0', pairs([start], nothing, short ? 1 : 3), 98);
}

/** A repository of the example's description. */
function committed(folder) {
  mkdirSync(folder);
  cpSync(join(root, 'regions'), join(folder, 'regions'), { recursive: true });
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args]);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  return folder;
}
