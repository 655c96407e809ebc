/** The command line. */
import { runProgram } from '../lib/cli/program';
import { explainCrash } from '../lib/cli/verb';
import { EXIT, endWithReader, sayWarningsOfNode } from '../lib/cli/words/output';

endWithReader();
sayWarningsOfNode();
process.on('uncaughtException', (error) => {
  explainCrash(error);
  process.exit(EXIT.failed);
});

void runProgram(process.argv).then((code) => {
  // Not process.exit: what is on its way to a pipe must arrive.
  process.exitCode = code;
});
