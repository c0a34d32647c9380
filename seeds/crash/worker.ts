// A worker that may be killed at a named step, stand still, step its clock, or carry a seeded bug. Tests only.
import { bugIn, type Mutant } from './worker/mutants.ts';
import type { LifePlan } from './plan.ts';
import { builtApp } from './worker/built.ts';
import { stepClock } from './worker/clock-steps.ts';
import { shortenCalls } from './worker/short-calls.ts';
import { say } from './worker/say.ts';
import { watchSteps } from './worker/steps.ts';
import { tellWorkerIds } from './worker/worker-ids.ts';

const { loadEnv, startApp } = await builtApp();
const plan = JSON.parse(process.env['CRASH_PLAN'] ?? 'null') as LifePlan | null;
const callTimeoutMs = Number(process.env['CRASH_CALL_TIMEOUT_MS'] ?? 0);
const mutant = process.env['CRASH_MUTANT'] as Mutant | undefined;

const app = await startApp(loadEnv());
await tellWorkerIds(app.nest);
if (callTimeoutMs > 0) await shortenCalls(app.nest, callTimeoutMs);
if (mutant) await bugIn(app.nest, mutant);
if (plan) {
  await watchSteps(app.nest, plan);
  await stepClock(app.nest, plan.clock);
}
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
// Whoever started us is gone: nothing of a run may go on alone.
process.stdin.resume().once('end', () => process.exit(1));
say({ ready: true });
