/**
 * Three tiers, each a project: `test/tiers.js`. Tests are transformed with swc (no type check: `npm run lint` type-checks them).
 */
const { filesOf } = require('./test/tiers.js');

/** @type {import('jest').Config} */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  moduleNameMapper: { '^source-map$': '<rootDir>/test/no-source-map.js', '^fast-check$': '<rootDir>/test/fast-check.js' },
  setupFiles: ['<rootDir>/test/setup.ts'],
  globalSetup: '<rootDir>/test/global-setup.js',
  globalTeardown: '<rootDir>/test/global-teardown.js',
};

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  // Of all projects: jest reads it nowhere else.
  testTimeout: 30_000,
  // Jest itself leaves one core free: on two cores that is one worker, which waits for what its suite has started.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/longest-first.js',
  projects: ['unit', 'integration', 'real'].map((tier) => ({ ...shared, displayName: tier, testMatch: filesOf(tier) })),
};
