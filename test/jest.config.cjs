/** One project per tier; run with `node .config/jest.mjs TIER...` (style: the slower tiers need the built app). */
const path = require('node:path');
const rootDir = path.resolve(__dirname, '..');
const transformOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
const tier = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...transformOptions, swcrc: false }] },
  ...extra,
});
module.exports = {
  rootDir,
  // A guard against hanging, not a measure: a loaded machine is slow, not wrong.
  testTimeout: 240_000,
  // The slower tiers wait for processes and clocks most of the time: one more than the cores of a small machine. Where
  // a machine is shared with others (CI) one less, so that what is told by time keeps its turns.
  maxWorkers: process.env.CI ? 2 : 3,
  // Modules of finished suites stay in a worker's memory; a new worker is cheap.
  workerIdleMemoryLimit: '700MB',
  testSequencer: '<rootDir>/test/slow-first.sequencer.cjs',
  projects: [
    tier('unit', ['<rootDir>/src/**/*.spec.ts', '<rootDir>/web/{src,client}/**/*.spec.ts']),
    tier('contract', ['<rootDir>/test/contract/**/*.contract.ts']),
    tier('db', ['<rootDir>/test/db/**/*.db-spec.ts'], {
      globalSetup: '<rootDir>/test/support/postgres.setup.cjs',
      globalTeardown: '<rootDir>/test/support/postgres.teardown.cjs',
    }),
    tier('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts'], {
      globalSetup: '<rootDir>/test/support/postgres.setup.cjs',
      globalTeardown: '<rootDir>/test/support/postgres.teardown.cjs',
    }),
    tier('browser', ['<rootDir>/test/browser/**/*.browser-spec.ts'], {
      globalSetup: '<rootDir>/test/browser/support/browser.setup.cjs',
      globalTeardown: '<rootDir>/test/support/postgres.teardown.cjs',
    }),
  ],
};
