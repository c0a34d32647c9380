// Rehearses an outage twice, over a queue of thousands as a dry run and over a small one in a sandbox, beside a second
// sandbox that plays the real world, and proves that neither drill touched it:
// npm run drill [-- --json] [-- --targets 10000] [-- --dry-only]
import { parseArgs } from 'node:util';
import { exitWith, onStage } from '../support/on-stage.ts';
import { type DrillStage, type DryRunProof, proveDryRun, provePlayed, setDrillStage } from './prove.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    targets: { type: 'string', default: '10000' },
    'dry-only': { type: 'boolean' },
  },
});
const startedAt = Date.now();
const out = options.json ? process.stderr : process.stdout;
const say = (line: string): void =>
  void out.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)}s  ${line}\n`);

const play = async (stage: DrillStage): Promise<number> => {
  const dryRun: DryRunProof = await proveDryRun(stage, Number(options.targets));
  say(`dry run ${JSON.stringify(dryRun)}`);
  const sandbox = options['dry-only'] ? undefined : await provePlayed(stage, say);
  if (sandbox) say(`sandbox ${JSON.stringify(sandbox)}`);
  const faults = [...dryRun.faults, ...(sandbox?.faults ?? [])];
  for (const fault of faults) say(`BROKEN: ${fault}`);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ok: faults.length === 0, dryRun, ...(sandbox ? { sandbox } : {}) })}\n`);
  return faults.length === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  say('starting two sandboxes and the app');
  return onStage(setDrillStage, play);
};

exitWith(main());
