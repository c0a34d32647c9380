import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exportLines, sandboxEnv } from './sandbox-env.js';
import { startSandbox } from './start-sandbox.js';

/** `node dist/sandbox/main.js [--json] [--port-base N] [--without skylight] [--seed N]`: see README.md beside this file. */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    'port-base': { type: 'string' },
    seed: { type: 'string' },
    without: { type: 'string', multiple: true },
  },
});

const numeric = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);
const portBase = numeric(values['port-base'] ?? process.env['SANDBOX_PORT_BASE']);
const seed = numeric(values.seed);

const sandbox = await startSandbox({
  ...(portBase === undefined ? {} : { portBase }),
  ...(seed === undefined ? {} : { seed }),
  envOf: sandboxEnv,
  skylight: !(values.without ?? []).includes('skylight'),
});

let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  void sandbox.stop().finally(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
// A parent that dies takes its end of the pipe with it; a terminal or /dev/null is no parent.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) {
  process.stdin.once('end', stop);
  process.stdin.once('close', stop);
  process.stdin.resume();
}

const env = sandboxEnv(sandbox.urls);
console.log(JSON.stringify({ ready: true, pid: process.pid, urls: sandbox.urls, env }));
if (!values.json) {
  for (const [name, url] of Object.entries(sandbox.urls)) console.error(`  ${name.padEnd(10)} ${String(url)}`);
  console.error('\nTo point the app here, paste this where it will be started:\n');
  console.error(exportLines(env).join('\n'));
}
