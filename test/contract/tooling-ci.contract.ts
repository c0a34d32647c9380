import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Steps {
  readonly ci?: string;
  readonly check?: string;
  readonly test?: string;
  readonly browser?: string;
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'perennial-ci-'));
  cpSync('.ci', join(dir, '.ci'), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs `.ci/run` with an npm that only plays these shell lines. */
const runCi = (steps: Steps) => {
  const { ci = 'true', check = 'echo "5 passed, 0 failed"', test = 'echo "9 passed, 0 failed"' } = steps;
  const { browser = 'echo "2 passed, 0 failed"' } = steps;
  const lines = [`ci) ${ci};;`, `test) ${test};;`, `'run check') ${check};;`, `'run test:browser') ${browser};;`];
  const script = `#!/bin/sh\ncase "$*" in\n${lines.join('\n')}\nesac\n`;
  writeFileSync(join(dir, 'npm'), script, { mode: 0o755 });
  const env = { ...process.env, PATH: `${dir}:${process.env.PATH ?? ''}` };
  const { status, stdout } = spawnSync('bash', [join(dir, '.ci/run')], { env, encoding: 'utf8', cwd: tmpdir() });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
};

describe('.ci/run', () => {
  it('counts the unit tests once', () => {
    expect(runCi({})).toEqual({ status: 0, lastLine: '11 passed, 0 failed' });
  });

  it('fails with the tests', () => {
    const test = 'echo "7 passed, 2 failed"; exit 1';
    expect(runCi({ test })).toEqual({ status: 1, lastLine: '9 passed, 2 failed' });
  });

  it('fails with the stories in a browser', () => {
    const browser = 'echo "1 passed, 1 failed"; exit 1';
    expect(runCi({ browser })).toEqual({ status: 1, lastLine: '10 passed, 1 failed' });
  });

  it('fails with a check that is no test, and still runs the tests', () => {
    expect(runCi({ check: 'echo lint; exit 1' })).toEqual({ status: 1, lastLine: '11 passed, 1 failed' });
  });

  it('does not count one failed unit test twice', () => {
    const steps = { check: 'echo "4 passed, 1 failed"; exit 1', test: 'echo "8 passed, 1 failed"; exit 1' };
    expect(runCi(steps)).toEqual({ status: 1, lastLine: '10 passed, 1 failed' });
  });

  it('fails when the tests end without a count', () => {
    expect(runCi({ test: 'exit 3' })).toEqual({ status: 1, lastLine: '7 passed, 1 failed' });
  });

  it('ends with its line when the install fails', () => {
    expect(runCi({ ci: 'exit 1' })).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
  });
});
