#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runProgram } from '../lib/cli/program';
import { explainCrash } from '../lib/cli/verb';
import { EXIT, endWithReader, sayWarningsOfNode } from '../lib/cli/words/output';

// A verb lives half a second: V8 optimises code too early for that, and spends a third of the CPU on it. What stays hot is
// still optimised, later. The flag is named in the V8 of Node 20; newer Nodes keep compiled code between runs instead.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=400000');
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

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
