#!/usr/bin/env node
/** Starts the command line, which is `program.js`. */
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { compiledProgram } from '../lib/cli/compiled';

(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

const program = join(__dirname, 'program');
const compiled = compiledProgram(`${program}.js`);
if (compiled === undefined) require(program);
else compiled.run();
