import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** Stories that need ffmpeg; where it is missing they are listed as skipped and the reason is printed. */
export const describeWithFfmpeg = (title: string, stories: () => void): void => {
  if (hasFfmpeg) return describe(title, stories);
  process.stderr.write(`SKIPPED, since ffmpeg is not installed: ${title}\n`);
  describe.skip(`${title} (ffmpeg is not installed)`, stories);
};

/** A small video made by ffmpeg. @param args between the inputs and the output: codecs, sizes */
export const madeVideo = (ending: string, args: readonly string[], sources: readonly string[]): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-made-'));
  try {
    const inputs = sources.flatMap((source) => ['-f', 'lavfi', '-i', source]);
    const output = join(folder, `made.${ending}`);
    const run = spawnSync('ffmpeg', ['-loglevel', 'error', '-nostdin', ...inputs, ...args, output], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Landscape, slow, WebM: every platform minds something about it. */
export const oddVideo = (seconds = 3.2): Buffer =>
  madeVideo(
    'webm',
    ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k', '-c:a', 'libopus', '-shortest'],
    [`testsrc2=size=426x240:rate=12:duration=${seconds}`, `sine=duration=${seconds}`],
  );
