import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeWithFfmpeg } from '../../../test/support/ffmpeg.js';
import type { ToolInput } from '../domain/video-tool.port.js';
import { runConfined } from './confined-process.js';
import { FfmpegTool } from './ffmpeg.tool.js';

const CLIP = resolve('seeds/clips/knot-of-the-day.mp4');
const media = { mimeType: 'video/mp4', durationMs: 6_000, bytes: 100_000 };
const clip: ToolInput = { media, open: () => createReadStream(CLIP) };
const roomy = { memoryBytes: 2 ** 31, cpuSeconds: 20, fileBytes: 2 ** 20, wallMs: 20_000 };
const watch = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-render-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a confined process', () => {
  const run = (script: string, limits = roomy, signal?: AbortSignal) =>
    runConfined({ program: '/bin/sh', args: ['-c', script], folder, limits, ...(signal ? { signal } : {}) });

  it('tells its lines, its code and its last errors', async () => {
    const lines: string[] = [];
    const args = ['-c', 'echo one; echo two; echo wrong >&2; exit 3'];
    const end = await runConfined({
      program: '/bin/sh',
      args,
      folder,
      limits: roomy,
      onLine: (line) => lines.push(line),
    });
    expect({ end, lines }).toEqual({ end: { kind: 'exited', code: 3, errors: 'wrong' }, lines: ['one', 'two'] });
  });

  it('sees nothing of our environment and no input', async () => {
    const end = await run('cat; env | cut -d= -f1 | sort | tr "\\n" " " >&2');
    expect(
      end.kind === 'exited' && end.errors.split(' ').filter((name) => !/^(PATH|LANG|PWD|_|SHLVL|OLDPWD)$/.test(name)),
    ).toEqual([]);
  });

  it.each([
    ['the wall clock', 'sleep 30', { ...roomy, wallMs: 100 }],
    ['processor time', 'while :; do :; done', { ...roomy, cpuSeconds: 1 }],
    ['file size', 'dd if=/dev/zero of=big bs=65536 count=64 2>/dev/null', roomy],
  ])('is stopped by %s', async (_, script, limits) => {
    expect(await run(`exec ${script}`.replace('exec while', 'while'), { ...limits, fileBytes: 100_000 })).toMatchObject(
      {
        kind: 'stopped',
      },
    );
  });

  it('dies with its children when the signal says so', async () => {
    const stop = new AbortController();
    const running = run('sleep 30 & echo; wait', roomy, stop.signal);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('is not found when there is no such program', async () => {
    expect(await runConfined({ program: 'no-such-program', args: [], folder, limits: roomy })).toEqual({
      kind: 'not_found',
    });
  });
});

describe('without ffmpeg', () => {
  it.each(['', '/nowhere/ffmpeg', '/bin/false'])('FFMPEG_PATH=%j renders nothing and says so', async (program) => {
    const tool = new FfmpegTool({ program, folder, timeoutSeconds: 10, memoryMb: 256 });
    expect(await tool.isInstalled()).toBe(false);
    expect(await tool.render(clip, watch(), buffer)).toEqual({ kind: 'no_tool' });
    expect(await tool.thumbnail(clip)).toEqual({ kind: 'no_tool' });
  });
});

describeWithFfmpeg('ffmpeg', () => {
  const tool = (settings: { timeoutSeconds?: number; memoryMb?: number } = {}) =>
    new FfmpegTool({ program: 'ffmpeg', folder, timeoutSeconds: 60, memoryMb: 2_048, ...settings });

  it('makes a small picture and leaves nothing behind', async () => {
    const made = await tool().thumbnail(clip);
    expect(made.kind === 'made' && made.value.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a file cut in half', () => createReadStream(CLIP, { end: 5_000 })],
    ['a playlist', () => Readable.from([Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')])],
    ['a concat list', () => Readable.from([Buffer.from(`ffconcat version 1.0\nfile ${CLIP}\n`)])],
  ])('refuses %s', async (_, open) => {
    expect(await tool().render({ media, open }, watch(), buffer)).toMatchObject({ kind: 'refused' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is stopped when it takes more memory than it may', async () => {
    expect(await tool({ memoryMb: 400 }).render(clip, watch(), buffer)).toMatchObject({ kind: 'over_limit' });
  });

  it('ends with the process and leaves nothing behind', async () => {
    const working = tool();
    const stop = new AbortController();
    const onProgress = () => working.beforeApplicationShutdown();
    await expect(working.render(clip, { signal: stop.signal, onProgress }, buffer)).rejects.toThrow('shuts down');
    expect(await readdir(folder)).toEqual([]);
  });
});
