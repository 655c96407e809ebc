// Processes of the command line run what is built, where that is of these sources: they start in half the time, and users run it.
//
// Everything that tests put into the temporary folder goes into one of their own, which goes when they end: CDK leaves an assembly an app.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  process.env.MEISSA_TEST_TMP = mkdtempSync(join(tmpdir(), 'meissa-jest-'));
  const { stale } = await import('../scripts/stale.mjs');
  if (!stale(join(__dirname, '..'))) process.env.MEISSA_TEST_BUILT = '1';
  process.env.TMPDIR = process.env.MEISSA_TEST_TMP;
};
