/** The command line: verbs, options, examples. Each verb's code is loaded when it is called: `validate` and `plan` never load CDK. */
import { Command, CommanderError, Option, type OutputConfiguration } from 'commander';
import { Refusal, runVerb, type VerbContext } from './verb';
import { VERBS, type VerbDefinition } from './verbs';
import { EXIT, type ExitCode, type Output, processOutput } from './words/output';

/** Runs one command line; never throws, never shows a stack trace. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram((c) => {
    code = c;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
  }
  return code;
}

export function buildProgram(done: (code: ExitCode) => void): Command {
  const output = processOutput();
  const program = new Command('meissa')
    .configureOutput(throughTheDoor(output))
    .description(
      'Provisions an estate of container hosts from one description in git, and says what will happen before it happens.',
    )
    .exitOverride()

    .showSuggestionAfterError(true)
    .showHelpAfterError('(meissa --help shows every verb)');
  program.addHelpText(
    'after',
    '\nExit codes: 0 nothing to do or done, 1 failed, 2 there are changes.\nColour follows NO_COLOR and FORCE_COLOR.',
  );
  const groups = new Map<string, Command>();
  for (const verb of VERBS) addVerb(program, groups, verb, done);
  return program;
}

/** The parser's own words: pages of help are ours, line by line; what it says of an error quotes the command line. */
function throughTheDoor(output: Output): OutputConfiguration {
  const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');
  return {
    writeOut: (text) => output.print(...lines(text)),
    writeErr: (text) => output.say(...lines(text)),
    outputError: (text) => {
      const [, said = text, hint] = /^(.*?)(?:\n(\(Did you mean [^\n]*\?\)))?\n?$/s.exec(text) ?? [];
      output.say(said, ...(hint === undefined ? [] : [hint]));
    },
  };
}

function addVerb(program: Command, groups: Map<string, Command>, verb: VerbDefinition, done: (code: ExitCode) => void): void {
  const words = verb.name.split(' ');
  const command = parentOf(program, groups, words).command(words.at(-1)!);
  command.description(verb.description).exitOverride();
  for (const argument of verb.arguments ?? []) command.argument(argument.name, argument.description);
  for (const option of verb.options ?? []) command.addOption(new Option(option.flags, option.description));
  command.option('--root <folder>', 'folder that holds regions/ (default: the current folder)');
  command.option('--json', 'one JSON document on stdout; talk stays on stderr');
  command.addHelpText('after', `\nExamples:\n${verb.examples.map((e) => `  $ meissa ${e}`).join('\n')}`);
  command.action(async (...args: unknown[]) => {
    const options = args.at(-2) as Record<string, unknown>;
    const positional = args.slice(0, -2) as (string | string[] | undefined)[];
    const context = verbContext(verb.name, options);
    done(
      await runVerb(context, async () => {
        refuseOddWords([...positional.flat(), ...Object.values(options).flat()]);
        return (await verb.load())(context, positional, options);
      }),
    );
  });
}

/** An empty word is mostly a variable of a script that was not set; a NUL byte stands in no name of a file. */
function refuseOddWords(words: readonly unknown[]): void {
  for (const word of words) {
    if (typeof word !== 'string') continue;
    if (word === '') throw new Refusal('BAD_OPTION', 'an argument or option is empty', 'say what is meant, or leave it out');
    if (word.includes('\0')) throw new Refusal('BAD_OPTION', 'an argument or option holds a NUL byte', 'leave it out');
  }
}

function parentOf(program: Command, groups: Map<string, Command>, words: readonly string[]): Command {
  const group = words[0]!;
  if (words.length === 1) return program;
  const known = groups.get(group);
  if (known !== undefined) return known;
  const made = program.command(group).exitOverride();
  made.description(
    VERBS.filter((v) => v.name.startsWith(`${group} `))
      .map((v) => v.name.slice(group.length + 1))
      .join(', '),
  );
  groups.set(group, made);
  return made;
}

function verbContext(verb: string, options: Record<string, unknown>): VerbContext {
  return {
    verb,
    root: typeof options.root === 'string' ? options.root : process.cwd(),
    json: options.json === true,
    output: processOutput(),
    today: new Date().toISOString().slice(0, 10),
    fetch: globalThis.fetch,
  };
}
