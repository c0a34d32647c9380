import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../kernel/ids.js';
import type { Media } from '../domain/media.js';
import type { MediaRecords } from '../domain/media-records.port.js';
import type { MediaStorage } from '../domain/media-storage.port.js';
import type { Rendition, RenditionProblem } from '../domain/rendition.js';
import type { Renditions } from '../domain/renditions.port.js';
import type { ToolOutcome, VideoTool } from '../domain/video-tool.port.js';
import { type KeepRendition, MakeRendition } from './make-rendition.js';

const MEDIA_ID = newId();

/** One rendition with the states that its table allows. */
class OneRendition {
  state: Rendition['state'] = 'queued';
  problem: RenditionProblem | undefined;

  async begin(id: string): Promise<Partial<Rendition> | undefined> {
    if (this.state === 'done' || this.state === 'failed') return undefined;
    this.state = 'running';
    return { id, workspaceId: 'w', mediaId: MEDIA_ID };
  }
  async progressed(): Promise<void> {}
  async requeue(): Promise<void> {
    if (this.state === 'running') this.state = 'queued';
  }
  async fail(_id: string, problem: RenditionProblem): Promise<void> {
    this.state = 'failed';
    this.problem = problem;
  }
}

describe('MakeRendition', () => {
  let row: OneRendition;
  let kept: number;
  beforeEach(() => {
    row = new OneRendition();
    kept = 0;
  });

  const make = (outcome: () => Promise<ToolOutcome<unknown>>, media: Partial<Media> | undefined = { id: MEDIA_ID }) =>
    new MakeRendition(
      { find: async () => media } as unknown as MediaRecords,
      row as unknown as Renditions,
      { open: () => Readable.from([]) } as unknown as MediaStorage,
      { render: outcome } as unknown as VideoTool,
      {
        execute: async () => {
          kept += 1;
          row.state = 'done';
        },
      } as unknown as KeepRendition,
    );
  const made = async (): Promise<ToolOutcome<unknown>> => ({ kind: 'made', value: {} });
  const run = (change: { isLastTry?: boolean; signal?: AbortSignal } = {}) => ({
    signal: new AbortController().signal,
    isLastTry: false,
    ...change,
  });

  it('keeps what came out, and does nothing when it is sent again', async () => {
    const use = make(made);
    await use.execute('r', run());
    await use.execute('r', run());
    expect({ state: row.state, kept }).toEqual({ state: 'done', kept: 1 });
  });

  it.each([
    [{ kind: 'refused', detail: 'x' }, 'rendition.unreadable'],
    [{ kind: 'over_limit', detail: 'x' }, 'rendition.over_limit'],
    [{ kind: 'no_tool' }, 'rendition.no_tool'],
  ] as const)('ends by %j with %s and a way out, without another try', async (outcome, code) => {
    await make(async () => outcome).execute('r', run());
    expect(row).toMatchObject({ state: 'failed', problem: { code } });
    expect(row.problem?.detail).toMatch(/export|upload/i);
  });

  it('ends when the original is gone', async () => {
    await new MakeRendition(
      { find: async () => undefined } as unknown as MediaRecords,
      row as unknown as Renditions,
      {} as MediaStorage,
      {} as VideoTool,
      {} as KeepRendition,
    ).execute('r', run());
    expect(row).toMatchObject({ state: 'failed', problem: { code: 'rendition.original_gone' } });
  });

  it('waits for the next try after a fault of ours, and fails after the last one', async () => {
    const broken = make(() => Promise.reject(new Error('disk')));
    await expect(broken.execute('r', run())).rejects.toThrow('disk');
    expect(row.state).toBe('queued');
    await expect(broken.execute('r', run({ isLastTry: true }))).rejects.toThrow('disk');
    expect(row).toMatchObject({ state: 'failed', problem: { code: 'rendition.broken_off' } });
  });

  it('waits for another process when this one stops, whatever the count of tries', async () => {
    const stop = new AbortController();
    const stopping = make(() => {
      stop.abort(new Error('shut down'));
      return Promise.reject(new Error('shut down'));
    });
    await expect(stopping.execute('r', run({ isLastTry: true, signal: stop.signal }))).rejects.toThrow('shut down');
    expect(row.state).toBe('queued');
  });
});
