import { describe, expect, it } from '@jest/globals';
import { Problem } from '../api/problem.ts';
import { IDLE, mayFallBack, reduceUpload, type UploadAction } from './upload-state.ts';

const problem = (status: number) => new Problem({ status, code: 'x', detail: 'x' });
const begin: UploadAction = { type: 'begin', fileName: 'a.mp4', totalBytes: 100 };
const run = (...actions: readonly UploadAction[]) => [begin, ...actions].reduce(reduceUpload, IDLE);

describe('reduceUpload', () => {
  it('waits for the verdict when every byte is sent', () => {
    expect(run({ type: 'sent', bytes: 99 })).toMatchObject({ kind: 'sending', sentBytes: 99 });
    expect(run({ type: 'sent', bytes: 100 }).kind).toBe('checking');
    expect(run({ type: 'end' })).toEqual(IDLE);
  });

  it('stays paused though late progress arrives, and goes on', () => {
    const paused = run({ type: 'sent', bytes: 10 }, { type: 'pause' }, { type: 'sent', bytes: 20 });
    expect(paused).toMatchObject({ kind: 'paused', sentBytes: 20 });
    expect(reduceUpload(paused, { type: 'goOn' })).toMatchObject({ kind: 'sending', sentBytes: 20 });
  });

  it('may go on after a lost connection, never after a refusal', () => {
    expect(run({ type: 'break', problem: problem(0) })).toMatchObject({ mayGoOn: true });
    expect(run({ type: 'break', problem: problem(503) })).toMatchObject({ mayGoOn: true });
    expect(run({ type: 'break', problem: problem(422) })).toMatchObject({ mayGoOn: false });
  });

  it('begins at nought when it falls back to one request', () => {
    expect(run({ type: 'sent', bytes: 50 }, { type: 'fellBack' })).toMatchObject({ way: 'form', sentBytes: 0 });
  });

  it('hears nothing of an upload that is over', () => {
    expect(reduceUpload(IDLE, { type: 'sent', bytes: 5 })).toEqual(IDLE);
  });
});

describe('mayFallBack', () => {
  it('is for what could not begin because something between does not know the protocol', () => {
    expect(mayFallBack({ status: 405, hasBegun: false })).toBe(true);
    expect(mayFallBack({ status: 405, hasBegun: true })).toBe(false);
    expect(mayFallBack({ status: 422, hasBegun: false })).toBe(false);
    expect(mayFallBack({ status: 0, hasBegun: false })).toBe(false);
  });
});
