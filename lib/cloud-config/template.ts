import Handlebars from 'handlebars';
import { nearest } from '../estate/nearest';
import type { TemplateContext } from './template-context';

/** A scalar or a source file that holds Handlebars, compiled. */
export interface Template {
  render(context: TemplateContext): string;
}

/** What is wrong in a template; `line` counts from 1 inside its text. */
export class TemplateProblem extends Error {
  constructor(
    readonly code: 'TEMPLATE_SYNTAX' | 'TEMPLATE_VARIABLE' | 'TEMPLATE_VALUE',
    message: string,
    readonly line: number,
    readonly fix: string,
  ) {
    super(message);
    this.name = 'TemplateProblem';
  }
}

/**
 * The helpers beside Handlebars' own (`if`, `unless`, `each`, `with`, `lookup`):
 * `eq a b`, `not a`, `add a b`; `json a` (one line); `join list separator`;
 * `quote a`: in double quotes, as a shell and systemd's EnvironmentFile both read back.
 */
const helpers: Readonly<Record<string, Handlebars.HelperDelegate>> = {
  eq: (a: unknown, b: unknown) => a === b,
  not: (a: unknown) => !a,
  add: (a: unknown, b: unknown) => Number(a) + Number(b),
  json: (value: unknown) => JSON.stringify(value),
  join: (list: unknown, separator: unknown) => (Array.isArray(list) ? list.join(String(separator)) : String(list)),
  quote: (value: unknown) => `"${String(value).replace(/["\\$`]/g, '\\$&')}"`,
};

const handlebars = Handlebars.create();
for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);

const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

/** Whether the text holds anything for Handlebars to do. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

/** Throws {@link TemplateProblem}; so does rendering. */
export function compileTemplate(text: string): Template {
  const ast = parse(text);
  const paths = new StrictPaths();
  paths.accept(ast);
  const compiled = handlebars.compile(ast, {
    noEscape: true,
    strict: true,
    knownHelpers: knownHelpers as never,
    knownHelpersOnly: true,
  });
  return {
    render(context) {
      let result: string;
      try {
        result = compiled(context);
      } catch (error) {
        throw renderProblem(error, context, paths);
      }
      if (result.includes('[object Object]')) {
        throw new TemplateProblem(
          'TEMPLATE_VALUE',
          'A whole object is put where text is wanted.',
          1,
          'Name one of its fields, or write {{json ...}}.',
        );
      }
      return result;
    },
  };
}

function parse(text: string): hbs.AST.Program {
  try {
    return handlebars.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const line = Number(/Parse error on line (\d+)/.exec(message)?.[1] ?? (error as { lineNumber?: number }).lineNumber ?? 1);
    const expected = /(Expecting .*)/.exec(message)?.[1];
    throw new TemplateProblem(
      'TEMPLATE_SYNTAX',
      `The template is not valid Handlebars: ${expected ?? message.split('\n')[0]}`,
      line,
      'Close every {{ and every block.',
    );
  }
}

/**
 * Handlebars' strict mode does not look at the arguments of helpers, `{{#if misspelt}}` is simply false there; so every
 * path is made strict. Partials and decorators have no use here and are refused.
 */
class StrictPaths extends Handlebars.Visitor {
  readonly found: hbs.AST.PathExpression[] = [];

  override PathExpression(path: hbs.AST.PathExpression): void {
    (path as { strict?: boolean }).strict = true;
    if (path.depth === 0 && !path.data) this.found.push(path);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    knownCall(mustache);
    super.MustacheStatement(mustache);
  }

  override SubExpression(sub: hbs.AST.SubExpression): void {
    knownCall(sub);
    super.SubExpression(sub);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    knownCall(block);
    super.BlockStatement(block);
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

const helperNames = ['if', 'unless', 'each', 'with', 'lookup', ...Object.keys(helpers)];

function knownCall(call: {
  path: hbs.AST.Expression;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
  loc: hbs.AST.SourceLocation;
}): void {
  if (call.params.length === 0 && !call.hash?.pairs.length) return;
  const name = (call.path as hbs.AST.PathExpression).original;
  if (helperNames.includes(name)) return;
  const meant = nearest(name, helperNames);
  throw new TemplateProblem(
    'TEMPLATE_SYNTAX',
    `There is no helper ${name}.`,
    call.loc.start.line,
    meant ? `Write ${meant}.` : `Helpers are ${helperNames.join(', ')}.`,
  );
}

function refused(node: hbs.AST.Node): TemplateProblem {
  return new TemplateProblem(
    'TEMPLATE_SYNTAX',
    'Partials and decorators are not used in profiles.',
    node.loc.start.line,
    'Write the text itself.',
  );
}

function renderProblem(error: unknown, context: TemplateContext, paths: StrictPaths): TemplateProblem {
  const { message, lineNumber } = error as { message: string; lineNumber?: number };
  const missing = /^"(.*)" not defined/.exec(message)?.[1];
  if (missing === undefined)
    return new TemplateProblem('TEMPLATE_VALUE', message.split('\n')[0]!, lineNumber ?? 1, 'Correct the template.');
  const { written, part, candidates, prefix } = place(missing, context, paths.found);
  const meant = nearest(part, candidates);
  return new TemplateProblem(
    'TEMPLATE_VARIABLE',
    `There is no variable ${written}.`,
    lineNumber ?? 1,
    meant
      ? `Write ${[...prefix, meant].join('.')}.`
      : candidates.length > 0
        ? `Known here: ${candidates.join(', ')}.`
        : 'Ask first with {{#if ...}} whether it is there.',
  );
}

/** Where the missing name was looked up: its whole path, and the names that stand there. */
function place(missing: string, context: TemplateContext, paths: readonly hbs.AST.PathExpression[]) {
  for (const path of paths) {
    let at: unknown = context;
    for (const [index, part] of path.parts.entries()) {
      const inside = typeof at === 'object' && at !== null;
      if (!inside || !Object.hasOwn(at as object, part)) {
        // Handlebars names the last part, though an earlier one may be what is missing.
        if (!path.parts.includes(missing)) break;
        return {
          written: path.original,
          part,
          candidates: inside ? Object.keys(at as object) : [],
          prefix: path.parts.slice(0, index),
        };
      }
      at = (at as Record<string, unknown>)[part];
    }
  }
  return { written: missing, part: missing, candidates: Object.keys(context), prefix: [] as string[] };
}
