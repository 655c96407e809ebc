#!/usr/bin/env node
/** Starts the command line, which is `program.js`. */
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { compiledProgram } from '../lib/cli/compiled';

(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

const file = join(__dirname, 'program.js');
const compiled = compiledProgram(file);
if (compiled === undefined) require(file);
else compiled.run();
