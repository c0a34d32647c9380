import { parseArgs } from 'node:util';
import { type Run, simulate } from './simulate.js';

const HELP = `Plays the publishing engine on a virtual clock with random faults.

  --seeds N   how many seeds (default 2000)
  --from N    the first one (default 1)
  --seed N    one seed, with its whole trace
  --json      one JSON object on standard output
`;
const SHOWN_LINES = 400;

interface Summary {
  readonly seeds: number;
  readonly from: number;
  readonly targets: number;
  readonly events: number;
  readonly kills: number;
  readonly byStatus: Record<string, number>;
  readonly failed: { seed: number; violation: string }[];
  readonly seconds: number;
}

const numberOf = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number from 0, not "${text}".`);
  return Number(text);
};

const out = (text: string): void => void process.stdout.write(`${text}\n`);

/** What led to a violation: the lines that name its target's occurrence, and every fault, up to that moment. */
const reduced = ({ trace, violations: [first] }: Run): readonly string[] => {
  const occurrence = first?.targetId.split('@')[0] ?? '';
  const post = occurrence.split('.')[0] ?? '';
  const about = trace.filter(
    (line) => line.includes(`${post}.`) || / dies | stops | clock | health |database away /.test(line),
  );
  return about.slice(-SHOWN_LINES);
};

const explain = (seed: number): void => {
  const run = simulate(seed, { keepTrace: true });
  process.stderr.write(`seed ${seed} failed:\n${reduced(run).join('\n')}\n`);
};

const one = (seed: number, json: boolean): boolean => {
  const { trace, ...run } = simulate(seed, { keepTrace: true });
  if (json) out(JSON.stringify(run));
  else out([...trace, JSON.stringify(run, undefined, 2)].join('\n'));
  return run.violations.length === 0;
};

const many = (seeds: number, from: number, json: boolean): boolean => {
  const beganAt = performance.now();
  const sum = {
    targets: 0,
    events: 0,
    kills: 0,
    byStatus: {} as Record<string, number>,
    failed: [] as Summary['failed'],
  };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const run = simulate(seed);
    sum.targets += run.targets;
    sum.events += run.events;
    sum.kills += run.kills;
    for (const [status, count] of Object.entries(run.byStatus))
      sum.byStatus[status] = (sum.byStatus[status] ?? 0) + count;
    const [first] = run.violations;
    if (first) sum.failed.push({ seed, violation: `${first.invariant} ${first.targetId}: ${first.detail}` });
  }
  const summary: Summary = { seeds, from, ...sum, seconds: Math.round((performance.now() - beganAt) / 100) / 10 };
  out(json ? JSON.stringify(summary) : JSON.stringify(summary, undefined, 2));
  const [worst] = sum.failed;
  if (worst) explain(worst.seed);
  return sum.failed.length === 0;
};

const main = (): void => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return out(HELP);
  const seed = numberOf(values.seed, 'seed');
  const isFine =
    seed === undefined
      ? many(numberOf(values.seeds, 'seeds') ?? 2_000, numberOf(values.from, 'from') ?? 1, values.json)
      : one(seed, values.json);
  process.exitCode = isFine ? 0 : 1;
};

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
