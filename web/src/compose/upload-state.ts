import type { Problem } from '../api/problem.ts';

/** A file on its way to the server. */
export type UploadState =
  | { readonly kind: 'idle' }
  | (Sending & { readonly kind: 'sending' | 'paused' | 'checking' })
  | (Sending & { readonly kind: 'broken'; readonly problem: Problem; readonly mayGoOn: boolean });

interface Sending {
  readonly fileName: string;
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** `resumable`: goes on where it stopped, also after a reload; `form`: in one request. */
  readonly way: 'resumable' | 'form';
}

export type UploadAction =
  | { readonly type: 'begin'; readonly fileName: string; readonly totalBytes: number }
  | { readonly type: 'sent'; readonly bytes: number }
  | { readonly type: 'fellBack' }
  | { readonly type: 'pause' }
  | { readonly type: 'goOn' }
  | { readonly type: 'break'; readonly problem: Problem }
  | { readonly type: 'end' };

export const IDLE: UploadState = { kind: 'idle' };

const NO_ANSWER = 0;
const SERVER_FAULT = 500;

export const reduceUpload = (state: UploadState, action: UploadAction): UploadState => {
  if (action.type === 'begin') {
    const { fileName, totalBytes } = action;
    return { kind: 'sending', fileName, totalBytes, sentBytes: 0, way: 'resumable' };
  }
  if (action.type === 'end' || state.kind === 'idle') return IDLE;
  const { fileName, totalBytes, sentBytes, way } = state;
  const sending = { fileName, totalBytes, sentBytes, way };
  switch (action.type) {
    case 'sent':
      // What was sent before a pause may be told after it.
      if (state.kind === 'paused' || state.kind === 'broken') return { ...state, sentBytes: action.bytes };
      return { ...sending, sentBytes: action.bytes, kind: action.bytes >= totalBytes ? 'checking' : 'sending' };
    case 'fellBack':
      return { ...sending, kind: 'sending', sentBytes: 0, way: 'form' };
    case 'pause':
      return { ...sending, kind: 'paused' };
    case 'goOn':
      return { ...sending, kind: 'sending' };
    case 'break': {
      const { problem } = action;
      // A refused video stays refused; what got no answer goes on where it stopped.
      const mayGoOn = problem.status === NO_ANSWER || problem.status >= SERVER_FAULT;
      return { ...sending, kind: 'broken', problem, mayGoOn };
    }
  }
};

/** Answers of something between us and the server that does not know resumable uploads. */
const NOT_RESUMABLE = [404, 405, 412, 415, 501];

/** Whether the whole file in one request may work where a resumable upload could not even begin. */
export const mayFallBack = ({ status, hasBegun }: { status: number; hasBegun: boolean }): boolean =>
  !hasBegun && NOT_RESUMABLE.includes(status);
