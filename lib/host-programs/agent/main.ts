/** `node agent.js [CONFIGURATION]`: collects the lines of an application host and gives them to front ends. */
import { readHostEnv, readJson } from '../shared/configuration';
import { reason, say } from '../shared/log';
import { parseConfig } from './config';
import { hostView, Program } from './program';

async function main(): Promise<void> {
  const config = parseConfig(readJson(process.argv[2] ?? '/etc/meissa/line-agent.json'));
  const program = new Program(config, readHostEnv()('MEISSA_NAME'), hostView());
  await program.start();
  say(`${config.files.length} sources of files, ${config.journal.length} of the journal, ${config.docker.length} of docker`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      program.stop().then(
        () => process.exit(0),
        (error) => fail(error),
      );
    });
}

function fail(error: unknown): never {
  say(reason(error));
  process.exit(1);
}

main().catch(fail);
