/** `meissa reach <from> <to>` and `meissa reach --matrix`: from what is emitted, not from the plan. */
import { join, resolve } from 'node:path';
import { replaceFolder, writeTexts } from '../../disk/owned-folder';
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import { nearest } from '../../estate/findings/nearest';
import { type Answer, answer, type Question } from '../../reach/answer';
import { withoutNames } from '../../reach/cut';
import { UnknownEndpoint } from '../../reach/endpoint';
import { type Matrix, reachMatrix } from '../../reach/matrix';
import { readWorld } from '../../reach/read/read-world';
import { topologyOf } from '../../reach/walk/topology';
import { answerLines, faultLines, matrixLines, type WordStyle } from '../../reach/words';
import type { World } from '../../reach/world';
import { loadValid } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { count, EXIT } from '../words/output';

export const reach: Verb = async (context, args, options) => {
  const [from, to] = args as (string | undefined)[];
  const matrix = options.matrix === true;
  if (!matrix && (from === undefined || to === undefined))
    throw new Refusal('BAD_TARGET', 'who talks to whom is not said', 'reach <from> <to>, or reach --matrix');
  if (matrix && from !== undefined)
    throw new Refusal('BAD_TARGET', 'the matrix is of the whole estate', 'reach --matrix without names, or reach <from> <to>');
  if (matrix && options.port !== undefined)
    throw new Refusal('BAD_OPTION', 'the matrix lists every port that the rules let in', 'leave --port out');
  const asked = options.port === undefined ? {} : parsePort(options.port as string);
  const world = await readEmitted(context, options);
  sayFaults(context, world.faults);
  try {
    const without = withoutNames(world, (options.without as string[] | undefined) ?? []);
    const { faults } = topologyOf(world, without).bgp;
    sayFaults(context, faults);
    const found = matrix
      ? matrixOf(context, reachMatrix(world, without))
      : answerOf(context, answer(world, from!, to!, { ...asked, without }));
    if (context.json) context.output.json({ version: 1, ...found.json, faults: [...world.faults, ...faults] });
    else context.output.print(...found.lines);
    return found.code;
  } catch (error) {
    if (!(error instanceof UnknownEndpoint)) throw error;
    const near = nearest(error.endpoint, error.known);
    throw new Refusal('ENDPOINT_UNKNOWN', error.message, near ?? `one of: ${shortList(error.known)}`);
  }
};

function answerOf(context: VerbContext, found: Answer) {
  return { json: found, lines: answerLines(found, styleOf(context)), code: found.yes ? EXIT.ok : EXIT.failed };
}

function matrixOf(context: VerbContext, matrix: Matrix) {
  const classes = matrix.classes.map(({ name, place, container, members }) => {
    return { name, place, container, members: members.map((m) => m.name) };
  });
  const cells = matrix.cells.map((row) => row.map((cell) => cell ?? null));
  return { json: { classes, cells }, lines: matrixLines(matrix, styleOf(context)), code: EXIT.ok };
}

/** What stands in `--from-out`, or what a synthesis of the estate writes into a folder that is gone afterwards. */
async function readEmitted(context: VerbContext, options: Record<string, unknown>): Promise<World> {
  if (typeof options.fromOut === 'string') {
    const source = madeSource(resolve(options.fromOut));
    if (['cdk.out', 'aliyun.out', 'idc.out'].every((folder) => source.list(folder) === undefined))
      throw new Refusal(
        'NOTHING_EMITTED',
        `${options.fromOut} holds neither cdk.out nor aliyun.out nor idc.out`,
        'meissa synth, then the folder that it wrote into',
      );
    return readWorld(source);
  }
  const { estate } = loadValid(context);
  const { synthEstate } = await import('../estate-app');
  const { aliyunOut, assemblyFiles } = await import('../aliyun-out');
  const { idcFiles } = await import('../idc-out');
  return withTemporaryFolder('reach', (folder) => {
    synthEstate(estate, { outdir: join(folder, 'cdk.out') });
    const aliyun = aliyunOut(estate);
    if (aliyun !== undefined)
      replaceFolder({ path: join(folder, 'aliyun.out'), kind: 'aliyun.out', write: writeTexts(assemblyFiles(aliyun.assembly)) });
    replaceFolder({ path: join(folder, 'idc.out'), kind: 'idc.out', write: writeTexts(idcFiles(estate)) });
    return readWorld(madeSource(folder));
  });
}

/** `2379/tcp`, `53/udp`, `icmp`; a number alone is TCP. */
function parsePort(text: string): Question {
  if (text === 'icmp') return { protocol: 'icmp' };
  const match = /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(text);
  const port = Number(match?.[1]);
  if (match === null || port > 65535)
    throw new Refusal('BAD_PORT', `"${text}" is no port`, 'for example 2379/tcp, 53/udp or icmp');
  return { protocol: match[2] === 'udp' ? 'udp' : 'tcp', port };
}

/** Faults are said, and don't decide: only what a packet needs does. */
function sayFaults({ json, output }: VerbContext, faults: World['faults']): void {
  if (json || faults.length === 0) return;
  const shown = faultLines(faults.slice(0, 10));
  for (const line of shown) output.say(`${output.style('yellow', '!')} ${line}`);
  const rest = faults.length - shown.length;
  output.say(`${count(faults.length, 'fault')} in what was emitted${rest > 0 ? `, ${rest} not shown (--json shows all)` : ''}`);
}

function styleOf({ output }: VerbContext): WordStyle {
  return {
    yes: (text) => output.style('green', text),
    no: (text) => output.style('red', text),
    dim: (text) => output.style('dim', text),
  };
}

function shortList(names: readonly string[]): string {
  return names.slice(0, 12).join(', ') + (names.length > 12 ? ', ...' : '') || '(nothing was emitted)';
}
