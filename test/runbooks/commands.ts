/** Commands of pages, and what the command line says of them without running any. */
import { buildProgram } from '../../lib/cli/program';
import { VERBS } from '../../lib/cli/verbs';

/** Lines of fenced `sh` blocks; a line that ends with a backslash goes on. */
export function shellLines(page: string): string[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#')),
  );
}

/** Commands of `meissa`: in shell blocks, and as inline code. */
export function meissaCommands(page: string): string[] {
  const verbs = new Set(VERBS.map(({ name }) => `meissa ${name}`));
  const inline = [...page.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`(meissa [^`]+)`/g)]
    .map(([, command]) => command!)
    // A verb that is only spoken of.
    .filter((command) => !verbs.has(command));
  return [...shellLines(page).filter((line) => /^(?:npx )?meissa\b/.test(line)), ...inline].map((line) =>
    line.replace(/^npx /, '').replace(/\s+#.*$/, ''),
  );
}

/** Words of a command; what is to be filled in is one word, and what comes after a pipe or a redirection is another's. */
export function wordsOf(command: string): string[] {
  const [own = ''] = command.replaceAll(/<[a-z][^<>]*>/g, 'filled-in').split(/ [|>&;]|[|;]| <\(/);
  return [...own.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare!);
}

/** What commander says of a command line, without its verb being run; undefined where it takes it. */
export async function refusalOf(command: string): Promise<string | undefined> {
  const said: string[] = [];
  const program = buildProgram(() => {});
  const [, ...words] = wordsOf(command);
  const quiet = {
    writeOut: () => {},
    writeErr: (text: string) => void said.push(text),
    outputError: (text: string) => void said.push(text),
  };
  const visit = (each: typeof program): void => {
    each.configureOutput(quiet);
    if (each.commands.length === 0) each.action(() => {});
    for (const child of each.commands) visit(child);
  };
  visit(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    return said.join('').trim() || (error as Error).message;
  }
}
