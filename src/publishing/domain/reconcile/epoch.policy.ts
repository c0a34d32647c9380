import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';

/** How far the database and we had come together: kept in its row, and beside our files. */
export interface EpochMark {
  readonly epoch: string;
  /** Grows every few seconds; the row's is never behind the file's, unless the database went back in time. */
  readonly beat: number;
}

/** The database's own row. */
export interface InstanceRow extends EpochMark {
  /** Epochs that ended by a restore, newest last. */
  readonly pastEpochs: readonly string[];
  /** The last beat of any process; undefined: there was none. */
  readonly seenAt?: Date;
  readonly hasTargets: boolean;
}

/**
 * `same`: go on. `join`: a process without its own mark, or with one from before a restore that another one has dealt
 * with. `restored`: the database stands behind us; whatever was sent since is forgotten there.
 */
export type EpochVerdict = { readonly kind: 'same' | 'join' } | { readonly kind: 'restored'; readonly because: string };

export interface EpochFacts {
  readonly file: EpochMark | undefined;
  readonly row: InstanceRow;
  /** The files outlive processes (videos are kept there): then a missing mark means something. */
  readonly isDurable: boolean;
  readonly now: Date;
}

/** Somebody beat this lately: a living cluster is joined, not questioned. */
const LIVING_MS = 10 * MINUTE_MS;

/** Whether the database is the one we worked with, as far as it had come. */
export const judgeEpoch = ({ file, row, isDurable, now }: EpochFacts): EpochVerdict => {
  if (!row.hasTargets) return { kind: 'join' };
  if (!file) return withoutFile(row, isDurable, now);
  if (file.epoch === row.epoch)
    return file.beat > row.beat
      ? restored('The database is older than this installation remembers it.')
      : { kind: 'same' };
  return row.pastEpochs.includes(file.epoch)
    ? { kind: 'join' }
    : restored('The database is not the one this installation worked with last.');
};

const withoutFile = ({ seenAt }: InstanceRow, isDurable: boolean, now: Date): EpochVerdict => {
  // Never beaten: it comes from before there were marks.
  const isNew = seenAt === undefined;
  const isLiving = seenAt !== undefined && seenAt > plusMs(now, -LIVING_MS);
  return isNew || isLiving || !isDurable
    ? { kind: 'join' }
    : restored('The mark beside the files is missing, but the database holds old work.');
};

const restored = (because: string): EpochVerdict => ({ kind: 'restored', because });
