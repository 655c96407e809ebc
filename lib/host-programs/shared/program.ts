import { reason, say } from './log';

/**
 * Runs a program of a host: `main` with the configuration file that the command line names. What ends it by a fault is told, with status 1;
 * nothing that was acknowledged depends on the process, and systemd starts it again.
 */
export function runProgram(name: string, main: (configuration: string) => Promise<unknown>): void {
  const [, , path] = process.argv;
  if (path === undefined) {
    say(`which configuration? ${name}.js <file>`);
    process.exit(2);
  }
  const endBy = (what: string) => (error: unknown) => {
    say(`${what}: ${reason(error)}`);
    process.exit(1);
  };
  process.on('unhandledRejection', endBy('ends by a fault'));
  main(path).catch(endBy("can't go on"));
}
