/**
 * The tiers that mostly wait for processes and clocks run first, so that no long suite is left alone at the end.
 * In place of jest's own order by earlier durations, which a fresh checkout does not have.
 */
const { statSync } = require('node:fs');

const TIERS = ['browser', 'e2e', 'contract', 'db', 'unit'];
const place = ({ context }) => TIERS.indexOf(context.config.displayName.name);

module.exports = class SlowFirst {
  sort(tests) {
    const known = tests.map((test) => ({ test, place: place(test), bytes: statSync(test.path).size }));
    return known.sort((a, b) => a.place - b.place || b.bytes - a.bytes).map(({ test }) => test);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
