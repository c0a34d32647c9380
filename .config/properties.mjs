// Plays the property tests with other seeds than the gate's: `npm run test:properties -- --seeds 20 [--from 1] [--json]`.
// Ends at the first seed that finds something; fast-check prints it with what it takes to play it again.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const tell = (line) => process.stderr.write(`${line}\n`);
const tests = globSync(['src/**/*.spec.ts', 'test/**/*.contract.ts']);
const files = tests.filter((file) => readFileSync(file, 'utf8').includes('/properties.js'));

/** @returns how many tests held, undefined: one did not */
const play = (seed) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['.config/jest.mjs', 'unit', 'contract', '--silent', ...files],
    {
      env: { ...process.env, PROPERTY_SEED: String(seed) },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    },
  );
  const held = Number(/^(\d+) passed, 0 failed$/m.exec(stdout)?.[1]);
  tell(`seed ${seed}: ${status === 0 ? `${held} held` : 'found something, see above'}`);
  return status === 0 ? held : undefined;
};

const from = Number(values.from);
let played = 0;
let held = 0;
let failedSeed;
for (let seed = from; seed < from + Number(values.seeds) && failedSeed === undefined; seed += 1) {
  const count = play(seed);
  if (count === undefined) failedSeed = seed;
  else held += count;
  played += 1;
}
const isOk = failedSeed === undefined && held > 0;
if (values.json) console.log(JSON.stringify({ seeds: played, held, failedSeed: failedSeed ?? null, ok: isOk }));
else tell(isOk ? `${played} seeds, all held` : `PROPERTY_SEED=${failedSeed} plays it again`);
process.exit(isOk ? 0 : 1);
