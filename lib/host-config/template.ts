import Handlebars from 'handlebars';
import { Json, textOf, Words } from '../encode/value';
import { nearest } from '../estate/findings/nearest';
import { foreignPath, ofOthers, type ToldOfBraces, wholeValue } from './foreign-braces';
import { type FoundBlock, type FoundPath, missingVariable } from './missing-variable';
import { precompiled } from './precompiled';
import { mark, type PutValue, type Rendered } from './rendered';
import { ASKED, type ContextPath, type TemplateContext } from './template-context';

/** A scalar or a source file that holds Handlebars, compiled. */
export interface Template {
  /** As its author wrote it. */
  readonly text: string;
  /** Whether it puts values anywhere, for any fleet. */
  readonly puts: boolean;
  /** Every path of the context that decides what it renders to; an empty one is the whole context. */
  readonly reads: readonly ContextPath[];
  render(context: TemplateContext): Rendered;
}

/** What is wrong in a template; `line` and `column` count from 1 inside its text. */
export class TemplateProblem extends Error {
  constructor(
    readonly code: 'TEMPLATE_SYNTAX' | 'TEMPLATE_VARIABLE' | 'TEMPLATE_VALUE',
    message: string,
    readonly line: number,
    readonly fix: string,
    readonly column = 1,
    /** What stands there and what was meant, from the place on. @default - only a person can tell */
    readonly meant?: { readonly word: string; readonly to: string },
  ) {
    super(message);
    this.name = 'TemplateProblem';
  }
}

/**
 * The helpers beside Handlebars' own (`if`, `unless`, `each`, `with`, `lookup`):
 * `eq a b`, `not a`, `add a b`; `json a`; `join list separator`; `words a`: a list, or a text split at its spaces, each a word of its own;
 * `quote a`: a text, also where it looks like a number. How they stand in a file is its language's matter.
 */
const helpers: Readonly<Record<string, Handlebars.HelperDelegate>> = {
  eq: (a: unknown, b: unknown) => a === b,
  not: (a: unknown) => !a,
  add: (a: unknown, b: unknown, options: Handlebars.HelperOptions) => {
    const sum = Number(a) + Number(b);
    if (Number.isFinite(sum)) return sum;
    const { line, column, name } = callOf(options);
    const said = `{{${name}}} adds something that is no number.`;
    throw new TemplateProblem('TEMPLATE_VALUE', said, line, 'Name two numbers.', column);
  },
  json: (value: unknown) => new Json(value ?? null),
  join: (list: unknown, separator: unknown, options: Handlebars.HelperOptions) => scalars(list, options).join(String(separator)),
  words: (value: unknown, options: Handlebars.HelperOptions) =>
    new Words(scalars(value, options).flatMap((text) => (Array.isArray(value) ? text : text.split(/\s+/).filter(Boolean)))),
  quote: (value: unknown, options: Handlebars.HelperOptions) => scalars(value, options).join(','),
};

/** How many values each of our own helpers takes. */
const PARAMS: Readonly<Record<string, number>> = { eq: 2, not: 1, add: 2, json: 1, join: 2, words: 1, quote: 1, lookup: 2 };

function scalars(value: unknown, options: Handlebars.HelperOptions): string[] {
  const list = Array.isArray(value) ? value : [value];
  const { name, ...place } = callOf(options);
  return list.map((item: unknown) => textOf(scalar(item, name.split(' ')[1] ?? name, place)));
}

interface TemplatePlace {
  readonly line: number;
  readonly column: number;
}

/** Where a helper was called and how; the visitor has written that into the call. */
function callOf({ hash }: Handlebars.HelperOptions): TemplatePlace & { readonly name: string } {
  return { line: hash[lineKey] as number, column: hash[columnKey] as number, name: hash[writtenKey] as string };
}

/** @param name what the author calls the value */
function scalar(value: unknown, name: string, { line, column }: TemplatePlace): PutValue['value'] {
  if (value === undefined || value === null) return null;
  if (value instanceof Words || value instanceof Json) return value;
  if (typeof value === 'object') throw told('TEMPLATE_VALUE', wholeValue(value, name), line, column);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

/** What every `{{...}}` becomes: it keeps the value apart from the text. No author can write this name. */
const putName = '\u0000put';
/** What the visitor tells helpers of their call; no author can write these names either. */
const lineKey = '\u0000line';
const columnKey = '\u0000column';
const writtenKey = '\u0000written';

function put(value: unknown, line: number, column: number, name: string, options: Handlebars.HelperOptions): string {
  const values = options.data.values as PutValue[];
  values.push({ value: scalar(value, name, { line, column }), line, name });
  return mark(values.length - 1);
}

const handlebars = Handlebars.create();
for (const [name, helper] of Object.entries({ ...helpers, [putName]: put })) handlebars.registerHelper(name, helper);

const knownHelpers = Object.fromEntries([...Object.keys(helpers), putName].map((name) => [name, true]));

/** Whether the text holds anything for Handlebars to do. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

/** What was compiled before the program ran. */
export interface PrecompiledTemplate extends Pick<Template, 'puts' | 'reads'> {
  readonly spec: TemplateSpecification;
  readonly found: readonly FoundPath[];
}

/** Nothing is left to escape: every value has gone through `put`. */
const OPTIONS = { noEscape: true, strict: true, knownHelpers: knownHelpers as never, knownHelpersOnly: true } as const;

/** Throws {@link TemplateProblem}; so does rendering. */
export function compileTemplate(text: string): Template {
  const known = precompiled.get(text);
  if (known !== undefined) return templateOf(text, handlebars.template(known.spec), known);
  const { ast, paths } = read(text);
  return templateOf(text, handlebars.compile(ast, OPTIONS), paths);
}

/** A {@link PrecompiledTemplate} as JavaScript. Throws {@link TemplateProblem}. */
export function precompileTemplate(text: string): string {
  const { ast, paths } = read(text);
  const { puts, reads, found } = paths;
  const rest = JSON.stringify({ puts, reads, found });
  return `{ spec: ${handlebars.precompile(ast, OPTIONS)}, ...${rest} }`;
}

function read(text: string): { readonly ast: hbs.AST.Program; readonly paths: StrictPaths } {
  if (text.includes('\0')) throw new TemplateProblem('TEMPLATE_SYNTAX', 'The template holds a NUL.', 1, 'Write text without it.');
  const ast = parse(text);
  const paths = new StrictPaths();
  paths.accept(ast);
  return { ast, paths };
}

function templateOf(
  text: string,
  compiled: Handlebars.TemplateDelegate,
  { puts, reads, found }: Pick<PrecompiledTemplate, 'puts' | 'reads' | 'found'>,
): Template {
  return {
    text,
    puts,
    reads,
    render(context) {
      const values: PutValue[] = [];
      try {
        return { marked: compiled(context, { data: { values } }), values };
      } catch (error) {
        throw renderProblem(error, context, found);
      }
    },
  };
}

function parse(text: string): hbs.AST.Program {
  try {
    return handlebars.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const { line, column } = placeOfParse(text, error as ParseError);
    const expected = /(Expecting .*)/.exec(message)?.[1];
    throw new TemplateProblem(
      'TEMPLATE_SYNTAX',
      `The template is not valid Handlebars: ${expected ?? message.split('\n')[0]}`,
      line,
      `Close every {{ and every block. ${ofOthers}`,
      column,
    );
  }
}

interface ParseError extends Error {
  readonly lineNumber?: number;
  readonly column?: number;
}

/** The parser shows what stands before its place, without line breaks, with a hyphen for each sign. */
function placeOfParse(text: string, { message, lineNumber, column }: ParseError): { line: number; column: number } {
  const line = Number(/Parse error on line (\d+)/.exec(message)?.[1] ?? lineNumber ?? 1);
  if (column !== undefined) return { line, column: column + 1 };
  const [, shown = '', hyphens = ''] = message.split('\n');
  const before = shown.slice(0, hyphens.length - 1).replace(/^\.\.\./, '');
  const flat = text.replaceAll('\n', '');
  const end =
    before === ''
      ? -1
      : flat.indexOf(
          shown
            .slice(0, 40)
            .replace(/^\.\.\./, '')
            .replace(/\.\.\.$/, ''),
        ) + before.length;
  if (end < before.length) return { line, column: 1 };
  let left = end;
  for (const [i, one] of text.split('\n').entries()) {
    if (left <= one.length) return { line: i + 1, column: left + 1 };
    left -= one.length;
  }
  return { line, column: 1 };
}

/**
 * Handlebars' strict mode does not look at the arguments of helpers, `{{#if misspelt}}` is simply false there; so every
 * path is made strict. Partials and decorators have no use here and are refused.
 */
class StrictPaths extends Handlebars.Visitor {
  readonly found: FoundPath[] = [];
  readonly reads: ContextPath[] = [];
  puts = false;
  /** Blocks around the place whose context is an element or a value: the path that names it is read whole. */
  private readonly around: FoundBlock[] = [];
  /** Of these only whether they are there. */
  private readonly asked = new Set<hbs.AST.Expression>();

  override PathExpression(path: hbs.AST.PathExpression): void {
    (path as { strict?: boolean }).strict = true;
    const foreign = foreignPath(path, this.around.length);
    if (foreign) throw told('TEMPLATE_SYNTAX', foreign, path.loc.start.line, path.loc.start.column + 1);
    this.read(path);
    const { original, parts, depth } = path;
    if (!path.data) this.found.push({ original, parts: parts as string[], depth, blocks: [...this.around] });
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) throw raw(mustache);
    if (mustache.path.type !== 'PathExpression')
      throw new TemplateProblem(
        'TEMPLATE_SYNTAX',
        `${JSON.stringify((mustache.path as hbs.AST.StringLiteral).original)} is no variable.`,
        mustache.loc.start.line,
        `Name a variable, or write the text itself without braces. ${ofOthers}`,
        mustache.loc.start.column + 1,
      );
    knownCall(mustache);
    this.ask(mustache);
    super.MustacheStatement(mustache);
    this.puts = true;
    const { path, params, hash, loc } = mustache;
    const called = params.length > 0 || hash?.pairs.length;
    const value = called ? ({ type: 'SubExpression', path, params, hash, loc } as hbs.AST.SubExpression) : path;
    const written = writtenCall(mustache);
    if (called) tellCall(value as hbs.AST.SubExpression, written);
    mustache.path = {
      type: 'PathExpression',
      data: false,
      depth: 0,
      parts: [putName],
      original: putName,
      loc,
    } as hbs.AST.PathExpression;
    mustache.params = [value, numberOf(loc.start.line, loc), numberOf(loc.start.column + 1, loc), textLiteral(written, loc)];
    mustache.hash = undefined as never;
  }

  override SubExpression(sub: hbs.AST.SubExpression): void {
    knownCall(sub, helperNames, true);
    this.ask(sub);
    super.SubExpression(sub);
    tellCall(sub, writtenCall(sub));
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    knownCall(block, blocks, true);
    const { program, inverse } = block;
    const within = blockOf(block);
    this.ask(block);
    super.BlockStatement({ ...block, program: undefined, inverse: undefined } as never);
    if (within) this.around.push(within);
    this.accept(program);
    if (within) this.around.pop();
    if (inverse) this.accept(inverse);
  }

  private ask({ path, params }: hbs.AST.SubExpression | hbs.AST.MustacheStatement | hbs.AST.BlockStatement): void {
    if (ASKING.has(String((path as hbs.AST.PathExpression).original))) for (const given of params) this.asked.add(given);
  }

  /** `@index` and the like say nothing that the path of their block doesn't; a path that begins outside of it may be of any context. */
  private read(path: hbs.AST.PathExpression): void {
    const { data, depth, parts } = path;
    const names = this.asked.has(path) && parts.length > 0 ? [...(parts as string[]), ASKED] : (parts as string[]);
    if (data) {
      if (names[0] === 'root') this.reads.push([]);
    } else if (names.length > 0 || depth > 0 || this.around.length === 0) this.reads.push(names);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    throw refused(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    throw refused(partial);
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    throw refused(decorator);
  }

  override DecoratorBlock(decorator: hbs.AST.DecoratorBlock): void {
    throw refused(decorator);
  }
}

/** A block whose context is another. */
function blockOf({ path, params: [given] }: hbs.AST.BlockStatement): FoundBlock | undefined {
  const { original } = path as hbs.AST.PathExpression;
  if (original !== 'each' && original !== 'with') return undefined;
  const { type, parts, depth, data } = given as hbs.AST.PathExpression;
  const named = type === 'PathExpression' && !data;
  return { each: original === 'each', ...(named && { path: { parts: parts as string[], depth } }) };
}

/** A call as its author wrote it: `join params.list ,`. */
function writtenCall({ path, params, hash }: hbs.AST.MustacheStatement | hbs.AST.SubExpression): string {
  const name = String((path as hbs.AST.PathExpression).original);
  const called = params.length > 0 || hash?.pairs.length;
  return called ? [name, ...params.map((param) => (param as hbs.AST.PathExpression).original ?? '(...)')].join(' ') : name;
}

function tellCall(sub: hbs.AST.SubExpression, written: string): void {
  const { loc } = sub;
  const pair = (key: string, value: hbs.AST.Expression) => ({ type: 'HashPair', key, value, loc }) as hbs.AST.HashPair;
  const pairs = [
    pair(lineKey, numberOf(loc.start.line, loc)),
    pair(columnKey, numberOf(loc.start.column + 1, loc)),
    pair(writtenKey, textLiteral(written, loc)),
  ];
  sub.hash = { type: 'Hash', pairs, loc } as hbs.AST.Hash;
}

function numberOf(value: number, loc: hbs.AST.SourceLocation): hbs.AST.NumberLiteral {
  return { type: 'NumberLiteral', value, original: value, loc } as hbs.AST.NumberLiteral;
}

function textLiteral(value: string, loc: hbs.AST.SourceLocation): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value, original: value, loc } as hbs.AST.StringLiteral;
}

const blocks = ['if', 'unless', 'each', 'with'];
const ASKING: ReadonlySet<string> = new Set(['if', 'unless', 'not']);
const helperNames = ['lookup', ...Object.keys(helpers)];

function told(code: TemplateProblem['code'], { message, fix, meant }: ToldOfBraces, line: number, column = 1): TemplateProblem {
  return new TemplateProblem(code, message, line, fix, column, meant);
}

/** @param always also without arguments, where a name could be a variable's */
function knownCall(
  call: { path: hbs.AST.Expression; params: hbs.AST.Expression[]; hash?: hbs.AST.Hash; loc: hbs.AST.SourceLocation },
  names: readonly string[] = helperNames,
  always = false,
): void {
  if (!always && call.params.length === 0 && !call.hash?.pairs.length) return;
  const name = String((call.path as hbs.AST.PathExpression).original);
  const { line, column } = call.loc.start;
  const refuse = (message: string, fix: string, to?: string) =>
    new TemplateProblem('TEMPLATE_SYNTAX', message, line, fix, column + 1, to === undefined ? undefined : { word: name, to });
  if (call.hash?.pairs.length) throw refuse(`${name} is given name=value, which it doesn't read.`, `Leave it out. ${ofOthers}`);
  if (names.includes(name)) {
    const wanted = PARAMS[name] ?? 1;
    if (call.params.length === wanted) return;
    throw refuse(`${name} is given ${call.params.length} values.`, `Give it ${wanted}, with spaces between them.`);
  }
  if (names === helperNames && blocks.includes(name))
    throw refuse(`${name} is a block, and stands here without its #.`, `Write {{#${name} ...}} ... {{/${name}}}. ${ofOthers}`);
  const meant = nearest(name, names);
  throw refuse(
    names === helperNames ? `There is no helper ${name}.` : `${name} is no block.`,
    `${meant ? `Write ${meant}.` : `${names === helperNames ? 'Helpers' : 'Blocks'} are ${names.join(', ')}.`} ${ofOthers}`,
    names === helperNames ? meant : undefined,
  );
}

function raw(node: hbs.AST.Node): TemplateProblem {
  return new TemplateProblem(
    'TEMPLATE_SYNTAX',
    'A value is put as it is, past the language of the file ({{{...}}} or {{&...}}).',
    node.loc.start.line,
    `Write {{...}}; a list of words by {{words ...}}. ${ofOthers}`,
    node.loc.start.column + 1,
  );
}

function refused(node: hbs.AST.Node): TemplateProblem {
  return new TemplateProblem(
    'TEMPLATE_SYNTAX',
    'Partials and decorators are not used in profiles.',
    node.loc.start.line,
    'Write the text itself.',
    node.loc.start.column + 1,
  );
}

function renderProblem(error: unknown, context: TemplateContext, found: readonly FoundPath[]): TemplateProblem {
  if (error instanceof TemplateProblem) return error;
  const { message, lineNumber, column: before } = error as { message: string; lineNumber?: number; column?: number };
  const column = (before ?? 0) + 1;
  const missing = /^"(.*)" not defined/.exec(message)?.[1];
  if (missing === undefined)
    return new TemplateProblem('TEMPLATE_VALUE', message.split('\n')[0]!, lineNumber ?? 1, 'Correct the template.', column);
  const { written, meant, near, candidates } = missingVariable(missing, context, found);
  const known = candidates.length > 0 ? `${near ? 'Known in it' : 'Known here'}: ${candidates.join(', ')}. ` : '';
  const advice = near
    ? `There is ${near.path}, without ${near.lacks}. ${known}`
    : known || 'Ask first with {{#if ...}} whether it is there.';
  return new TemplateProblem(
    'TEMPLATE_VARIABLE',
    `There is no variable ${written}.`,
    lineNumber ?? 1,
    meant !== undefined ? `Write ${meant}.` : known ? `${advice}${ofOthers}` : advice.trim(),
    column,
    meant === undefined ? undefined : { word: written, to: meant },
  );
}
