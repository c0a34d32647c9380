/** As the other tiers' database, and the browser they lack; without one the stories are left out, and a line says why. */
const { existsSync } = require('node:fs');
const startPostgres = require('../../support/postgres.setup.cjs');

module.exports = async () => {
  const { findChromium, HOW_TO_GET_CHROMIUM } = await import('../../../seeds/support/chromium.ts');
  const chromium = findChromium();
  if (!chromium) {
    process.stderr.write(`${HOW_TO_GET_CHROMIUM} The browser stories are left out.\n`);
    delete process.env.CHROMIUM_PATH;
    return;
  }
  process.env.CHROMIUM_PATH = chromium;
  if (!existsSync('dist/web/index.html')) throw new Error('dist/web is not there: npm run build:web');
  await startPostgres();
};
