const { rmSync } = require('node:fs');

module.exports = async () => {
  rmSync(process.env.MEISSA_TEST_TMP, { recursive: true, force: true });
};
