/** `meissa reach <from> <to>` and `meissa reach --matrix`: from what is emitted, not from the plan. */
import { join, resolve } from 'node:path';
import { replaceFolder, writeTexts } from '../../disk/owned-folder';
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import { nearest } from '../../estate/findings/nearest';
import { linksIn } from '../../estate/model/resolved-links';
import { loadEstate } from '../../estate/read/load';
import { type Answer, answer, type Question } from '../../reach/answer';
import { checkWorld } from '../../reach/check/check';
import { type LinkGroups, withoutNames } from '../../reach/cut';
import { UnknownEndpoint } from '../../reach/endpoint';
import { type Matrix, reachMatrix } from '../../reach/matrix';
import { readWorld } from '../../reach/read/read-world';
import { topologyOf } from '../../reach/walk/topology';
import { answerLines, faultLines, matrixLines, remarkLines, type WordStyle } from '../../reach/words';
import type { World } from '../../reach/world';
import { loadValid } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { count, EXIT } from '../words/output';

export const reach: Verb = async (context, args, options) => {
  const [from, to] = args as (string | undefined)[];
  const matrix = options.matrix === true;
  if (options.check === true) return checked(context, args, options);
  if (!matrix && (from === undefined || to === undefined))
    throw new Refusal('BAD_TARGET', 'who talks to whom is not said', 'reach <from> <to>, reach --matrix, or reach --check');
  if (matrix && from !== undefined)
    throw new Refusal('BAD_TARGET', 'the matrix is of the whole estate', 'reach --matrix without names, or reach <from> <to>');
  if (matrix && options.port !== undefined)
    throw new Refusal('BAD_OPTION', 'the matrix lists every port that the rules let in', 'leave --port out');
  if (matrix && options.size !== undefined)
    throw new Refusal('BAD_OPTION', 'the matrix asks for no packet size', 'leave --size out');
  const asked = {
    ...(options.port === undefined ? {} : parsePort(options.port as string)),
    ...(options.size === undefined ? {} : { size: parseSize(options.size as string) }),
  };
  const world = await readEmitted(context, options);
  sayFaults(context, world.faults);
  try {
    const down = (options.without as string[] | undefined) ?? [];
    const without = withoutNames(world, down, down.length === 0 ? undefined : linkGroups(context));
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
    throw new Refusal('ENDPOINT_UNKNOWN', error.message, nearNames(error));
  }
};

/** Names that hold what was written, or the nearest one; else some of those that there are. */
function nearNames({ endpoint, known }: UnknownEndpoint): string {
  const bare = endpoint.trim().toLowerCase();
  const near = nearest(bare.replace(/:container$/, ''), known);
  const holding = bare.length < 3 ? [] : known.filter((name) => name.toLowerCase().includes(bare));
  if (near !== undefined && !holding.includes(near)) return near;
  if (holding.length > 0) return shortList(holding.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)));
  return near ?? `one of: ${shortList(known)}`;
}

/** Entries of the estate's links by name, where the estate that stands under the root can be read; what was emitted doesn't name them. */
function linkGroups({ root, today }: VerbContext): LinkGroups {
  const { estate } = loadEstate(root, { today });
  const groups = new Map<string, { ids: string[]; over?: string[] }>();
  for (const { group, id, legs } of estate === undefined ? [] : linksIn(estate)) {
    const known = groups.get(group) ?? { ids: [] };
    groups.set(group, known);
    if (legs.length === 0) known.ids.push(id);
    else known.over = [...new Set(legs.map((leg) => leg.group))];
  }
  return groups;
}

/** The whole estate at once: exit code 1 where anything is found. */
async function checked(context: VerbContext, args: readonly unknown[], options: Record<string, unknown>) {
  if (args[0] !== undefined || options.matrix === true || ['port', 'size', 'without'].some((name) => options[name] !== undefined))
    throw new Refusal(
      'BAD_OPTION',
      'the check is of the whole estate, with nothing down',
      'reach --check, alone or with --from-out',
    );
  const remarks = checkWorld(await readEmitted(context, options));
  if (context.json) context.output.json({ version: 1, remarks });
  else
    context.output.print(
      ...(remarks.length === 0 ? ['nothing undefined, unused, lost or going round'] : remarkLines(remarks, styleOf(context))),
    );
  return remarks.length === 0 ? EXIT.ok : EXIT.failed;
}

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

/** Bytes of an IP packet: what its own length field holds. */
function parseSize(text: string): number {
  const size = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (size < 28 || size > 65535)
    throw new Refusal(
      'BAD_SIZE',
      `"${text}" is no size of an IP packet`,
      'bytes, headers included, from 28 to 65535, for example 1500',
    );
  return size;
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
