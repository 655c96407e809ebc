// `node --require test/child/record-modules.cjs`: at the end writes every module that was loaded to $RECORD_MODULES.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.RECORD_MODULES, Object.keys(require.cache).join('\n')));
