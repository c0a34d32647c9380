import { describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const ON_STAGE = pathToFileURL('seeds/support/on-stage.ts').href;

/** A program that goes on for ever on a stage which takes its time to be set and to be cleared. */
const PROGRAM = `
import { exitWith, onStage } from '${ON_STAGE}';
const say = (line) => new Promise((told) => process.stdout.write(line + '\\n', told));
const aWhile = () => new Promise((over) => setTimeout(over, 50));
const set = async () => {
  await say('setting');
  await aWhile();
  return { stop: async () => { await say('stopping'); await aWhile(); await say('stopped'); } };
};
const play = async () => {
  await say('playing');
  if (process.argv[1] === 'fails') throw new Error('nothing answers');
  return process.argv[1] === 'ends' ? 0 : new Promise(() => setInterval(() => undefined, 1_000));
};
exitWith(onStage(set, play));`;

/** @param act at the first line that is `at`: what is done to the program */
const run = async (way: string, at = '', act: (program: ChildProcess) => void = () => undefined) => {
  const program = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, way], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: program.stdout }).on('line', (line) => {
    lines.push(line);
    if (line === at) act(program);
  });
  const [code] = (await once(program, 'close')) as [number | null];
  return { code, lines };
};

describe('a program on a stage', () => {
  it('clears it when it has ended, well or not', async () => {
    const lines = ['setting', 'playing', 'stopping', 'stopped'];
    expect(await run('ends')).toEqual({ code: 0, lines });
    expect(await run('fails')).toEqual({ code: 1, lines });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('clears it once when %s ends it, however often that comes, and exits with %d', async (signal, code) => {
    const twice = (program: ChildProcess) => {
      program.kill(signal);
      program.stdout?.once('data', () => program.kill(signal));
    };
    expect(await run('goes-on', 'playing', twice)).toEqual({
      ...{ code, lines: ['setting', 'playing', 'stopping', 'stopped'] },
    });
  });

  it('clears a stage that was still being set when the signal came', async () => {
    const { code, lines } = await run('goes-on', 'setting', (program) => program.kill('SIGTERM'));
    expect(code).toBe(143);
    expect(lines.slice(-2)).toEqual(['stopping', 'stopped']);
  });
});
