// Runs the named jest tiers in one go and prints the one line that CI reads: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const args = process.argv.slice(2);
const tiers = args.filter((arg) => ['unit', 'contract', 'db', 'e2e', 'browser'].includes(arg));
const rest = args.filter((arg) => !tiers.includes(arg));
const dir = mkdtempSync(join(tmpdir(), 'perennial-jest-'));
const report = join(dir, 'report.json');

const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--config=test/jest.config.cjs',
    '--selectProjects',
    ...tiers,
    ...(rest.includes('--watch') ? [] : ['--json', `--outputFile=${report}`]),
    ...rest,
  ],
  {
    stdio: ['inherit', 'ignore', 'inherit'],
    // Programs that tests start, dozens of times, read their compiled code: a fifth of what a start costs.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'perennial-compiled'), ...process.env },
  },
);
jest.on('exit', (code) => {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    console.log(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  process.exit(code ?? 1);
});
