// Everything that tests put into the temporary folder goes into one of their own, which goes when they end: CDK leaves an assembly an app.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  process.env.MEISSA_TEST_TMP = mkdtempSync(join(tmpdir(), 'meissa-jest-'));
  process.env.TMPDIR = process.env.MEISSA_TEST_TMP;
};
