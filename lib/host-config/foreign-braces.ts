/** Braces that are no template of ours, and values that are no text: what is told of them. */
/** What is wrong, and what to write. */
export interface ToldOfBraces {
  readonly message: string;
  readonly fix: string;
  /** @default - only a person can tell */
  readonly meant?: { readonly word: string; readonly to: string };
}

/** How the text of another program's template gets to a host as it is. Source: Handlebars, "Expressions": escaping. */
export const ofOthers =
  'Where another program shall read the braces, write \\{{ for {{, or keep the text in a file of the folder that `source` names, or say `template: false` beside `content`.';

/**
 * A path that no author of a profile means: the whole context (`this`, `.`, `@root`, `..` at the outermost), which is what `{{json .}}` of
 * docker's templates would be filled in with; and names apart from their dots (`range .Items` of Go's), which Handlebars reads as one path.
 *
 * @param inside how many `each` and `with` stand around it
 */
export function foreignPath(
  { original, parts, data, depth, loc }: hbs.AST.PathExpression,
  inside: number,
): ToldOfBraces | undefined {
  const whole = data ? parts.length === 1 && parts[0] === 'root' : parts.length === 0 && depth >= inside;
  if (whole)
    return {
      message: `${original} is everything that is known of the fleet, and no value.`,
      fix: `Name the variable that is meant. ${ofOthers}`,
    };
  if (depth > inside)
    return {
      message: `${original} leads out of the outermost block.`,
      fix: `Write as many ../ as there are each and with around it. ${ofOthers}`,
    };
  const { start, end } = loc;
  const written = [original, `this/${original}`, `this.${original}`, `./${original}`].map(({ length }) => length);
  const brackets = /[[\]]/.test(original) || parts.some((part) => !/^[\w$-]*$/.test(String(part)));
  if (brackets || data || (start.line === end.line && written.includes(end.column - start.column))) return undefined;
  if (start.line === end.line && end.column - start.column < original.length) return undefined;
  return {
    message: `A space stands before a dot: it would be read as ${original}.`,
    fix: `${ofOthers} A path of ours has no spaces.`,
  };
}

/** A list or object where text is wanted. @param name what the author calls it */
export function wholeValue(value: object, name: string): ToldOfBraces {
  const path = /^\S+$/.test(name) ? name : `(${name})`;
  if (Array.isArray(value))
    return {
      message: `${name} is a whole list where text is wanted.`,
      fix: `Write {{join ${path} ","}}, {{words ${path}}} or {{json ${path}}}, or repeat by {{#each ${path}}}.`,
    };
  const fields = Object.keys(value);
  const some = `${fields.slice(0, 12).join(', ')}${fields.length > 12 ? ' ...' : ''}`;
  const plain = Object.entries(value).find(([, field]) => typeof field !== 'object')?.[0] ?? fields[0];
  const first = path === name && plain !== undefined ? `${name}.${plain}` : undefined;
  const one = first === undefined ? '' : `, for example {{${first}}},`;
  return {
    message: `${name} is a whole object where text is wanted${fields.length === 0 ? '' : `; its fields are ${some}`}.`,
    fix:
      fields.length === 0
        ? `Write {{json ${path}}}; it has no fields here.`
        : `Name one of its fields${one} or write {{json ${path}}}.`,
    ...(first !== undefined && { meant: { word: name, to: first } }),
  };
}
