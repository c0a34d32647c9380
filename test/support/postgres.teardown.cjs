const { rm } = require('node:fs/promises');

module.exports = async () => {
  const running = globalThis.__perennialPostgres;
  if (!running) return;
  globalThis.__perennialPostgres = undefined;
  await running.server.stop();
  await rm(running.dir, { recursive: true, force: true });
};
