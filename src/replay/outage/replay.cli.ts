import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkSeeds, sameTrace } from './check.js';
import { type Family, imagined, IMAGINED_FAMILIES } from './imagined/imagine.js';
import { replay } from './replay.js';
import { POLICY_NAMES, type PolicyName } from './run/policy.js';
import type { Score } from './scores/score.js';
import { tableOf } from './table.js';
import { parseTrace } from './trace/parse-trace.js';
import { TraceFault } from './trace/trace-fault.js';
import type { OutageTrace } from './trace/trace.js';

const HELP = `Plays an outage trace against Perennial, other policies and an oracle.

  --trace FILE    the trace (several with --check)
  --imagine NAME  instead of a file: ${IMAGINED_FAMILIES.join(', ')}; each seed is another trace (several with --check)
  --policy NAME   ${POLICY_NAMES.join(', ')}; may be repeated (default: all)
  --seed N        instead of the trace's own
  --check         the promises of perennial beside oracle and postiz; exit 1 when one is broken
  --seeds N       with --check: how many seeds from the trace's own on (default 20)
  --json          one JSON object on standard output
  --debug         every change of health with its reason, on standard error
`;

const OPTIONS = {
  trace: { type: 'string', multiple: true },
  imagine: { type: 'string', multiple: true },
  policy: { type: 'string', multiple: true },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  check: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  debug: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const out = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** A wish that cannot be met; its sentence says what to do. */
class BadWish extends Error {}

const numberOf = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new BadWish(`--${name} must be a whole number from 0, not "${text}".`);
  return Number(text);
};

const policiesOf = (names: readonly string[] | undefined): readonly PolicyName[] =>
  (names ?? POLICY_NAMES).map((name) => {
    const known = POLICY_NAMES.find((policy) => policy === name);
    if (!known) throw new BadWish(`--policy must be one of: ${POLICY_NAMES.join(', ')}.`);
    return known;
  });

const familyOf = (name: string): Family => {
  const known = IMAGINED_FAMILIES.find((family) => family === name);
  if (!known) throw new BadWish(`--imagine must be one of: ${IMAGINED_FAMILIES.join(', ')}.`);
  return known;
};

const read = (path: string): OutageTrace => {
  try {
    return parseTrace(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof TraceFault) throw new BadWish(`${path}: ${error.message}`);
    throw new BadWish(`${path} cannot be read (${(error as Error).message}).`);
  }
};

const playAll = (
  trace: OutageTrace,
  names: readonly PolicyName[],
  { seed, debug }: { readonly seed: number; readonly debug: boolean },
): Readonly<Record<string, Score>> => {
  const played: Record<string, Score> = {};
  for (const name of names) {
    const beganAt = performance.now();
    played[name] = replay(trace, name, {
      seed,
      onHour: (policy, hour) => hour % 24 === 0 && tell(`${trace.name} seed ${seed}: ${policy} day ${hour / 24 + 1}`),
      ...(debug ? { debug: tell } : {}),
    });
    tell(`${trace.name} seed ${seed}: ${name} in ${((performance.now() - beganAt) / 1_000).toFixed(1)} s`);
  }
  return played;
};

const main = (): void => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return out(HELP);
  const wanted = [
    ...(values.trace ?? []).map((path) => sameTrace(read(path))),
    ...(values.imagine ?? []).map((name) => imagined(familyOf(name))),
  ];
  const [first] = wanted;
  if (!first) throw new BadWish('--trace FILE is missing; seeds/outages has some.');
  const from = numberOf(values.seed, 'seed');
  if (values.check) {
    const checked = checkSeeds(wanted, { seeds: numberOf(values.seeds, 'seeds') ?? 20, from, tell });
    out(values.json ? JSON.stringify(checked) : JSON.stringify(checked, undefined, 2));
    process.exitCode = checked.ok ? 0 : 1;
    return;
  }
  if (wanted.length > 1) throw new BadWish('Several traces go only with --check.');
  const seed = from ?? first.seed;
  const trace = first.traceOf(seed);
  const policies = playAll(trace, policiesOf(values.policy), { seed, debug: values.debug });
  const result = { trace: trace.name, seed, policies };
  out(values.json ? JSON.stringify(result) : tableOf(policies));
};

try {
  main();
} catch (error) {
  tell(
    error instanceof BadWish || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
      ? (error as Error).message
      : String((error as Error).stack),
  );
  process.exitCode = 2;
}
