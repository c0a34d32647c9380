// The crash matrix: npm run chaos -- --seed N --workers 2 --targets 300 --json [--seeds 10] [--mutants]
import { parseArgs } from 'node:util';
import { writeFile } from 'node:fs/promises';
import { check, isSound, type Verdict } from './checker/check.ts';
import type { History } from './checker/rows.ts';
import { type MutantReport, runScene, SCENES } from './mutants.ts';
import { leastKills } from './plan.ts';
import { play } from './play.ts';
import { exitWith, onStage } from '../support/on-stage.ts';
import { setStage, type Stage } from './stage.ts';
import { MUTANTS } from './worker/mutants.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seed: { type: 'string', default: '1' },
    /** Runs the seeds 1 to this one in turn. */
    seeds: { type: 'string' },
    workers: { type: 'string', default: '2' },
    targets: { type: 'string', default: '300' },
    'time-scale': { type: 'string', default: '60' },
    /** How long an irreversible call may take; 0: what each adapter says, up to two minutes. */
    'call-timeout-ms': { type: 'string', default: '20000' },
    /** Runs the four seeded bugs instead; each must be caught. */
    mutants: { type: 'boolean' },
    /** One of them. */
    mutant: { type: 'string' },
    /** Keeps everything that was judged, for a look by hand. */
    history: { type: 'string' },
  },
});
const startedAt = Date.now();
const say = (line: string): void =>
  void process.stderr.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)}s  ${line}\n`);

interface Report extends Verdict {
  readonly seed: number;
  readonly kills: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly cuts: number;
  readonly seconds: number;
  readonly ok: boolean;
}

const runSeed = async (seed: number): Promise<Report> => {
  const beganAt = Date.now();
  const timeScale = Number(values['time-scale']);
  say(`seed ${seed}, TIME_SCALE=${timeScale}: starting the sandbox, an API and ${values.workers} workers`);
  const callTimeoutMs = Number(values['call-timeout-ms']);
  const set = () => setStage({ seed, timeScale, callTimeoutMs, mutant: undefined, without: [] });
  const playSeed = async (stage: Stage): Promise<Report> => {
    const sizes = { seed, targets: Number(values.targets), workers: Number(values.workers) };
    const { history, steps, cuts } = await play(stage, sizes, say);
    if (values.history) await keep(values.history, history);
    const verdict = check(history);
    const seconds = Math.round((Date.now() - beganAt) / 1_000);
    const ok = isSound(verdict) && history.kills.length >= leastKills(sizes.targets);
    return { seed, kills: history.kills.length, ...verdict, steps, cuts, seconds, ok };
  };
  return onStage(set, playSeed);
};

const keep = (path: string, history: History): Promise<void> => writeFile(path, JSON.stringify(history));

/** Proves the checker: every seeded bug must be reported. */
const runMutants = async (names: readonly string[]): Promise<number> => {
  const mutants: MutantReport[] = [];
  for (const scene of SCENES.filter(({ mutant }) => names.includes(mutant))) {
    const { report, verdict } = await runScene(scene, say);
    say(JSON.stringify({ ...report, violations: verdict.invariantViolations.slice(0, 3) }));
    mutants.push(report);
  }
  const ok = mutants.length === names.length && mutants.every(({ caught }) => caught);
  print({ ok, mutants });
  return ok ? 0 : 1;
};

const main = async (): Promise<number> => {
  if (values.mutant !== undefined || values.mutants)
    return runMutants(values.mutants ? MUTANTS : [values.mutant ?? '']);
  if (values.seeds === undefined) {
    const report = await runSeed(Number(values.seed));
    print(report);
    return report.ok ? 0 : 1;
  }
  const runs: Report[] = [];
  for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
    runs.push(await runSeed(seed));
    say(JSON.stringify(runs.at(-1)));
  }
  const ok = runs.every((run) => run.ok);
  print({ seeds: runs.length, ok, runs });
  return ok ? 0 : 1;
};

const print = (result: object): void =>
  void process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);

exitWith(main());
