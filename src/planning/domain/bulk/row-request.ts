import type { ScheduleRequest, TargetRequest } from '../plan-schedule.js';
import type { PostRequest } from '../post-request.js';
import { type AccountBook, isUuid } from './account-book.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { RowDraft } from './row-draft.js';

/** A row as a request; its video may still lie at an address. */
export interface RowRequest extends Omit<PostRequest, 'mediaId'> {
  readonly mediaId?: string;
  readonly mediaUrl?: string;
}

/** The columns to blame. */
export interface BlamedColumns {
  readonly media: string;
  readonly accounts: string;
}

export interface BuildOptions {
  readonly book: AccountBook;
  readonly columns: BlamedColumns;
  readonly timezone?: string;
  readonly isSound?: boolean;
}

export interface BuiltRequest {
  readonly request: RowRequest;
  readonly problems: readonly RowProblem[];
}

/**
 * @param timezone of rows that name none; the workspace's when absent
 * @param isSound nothing was found wrong with the cells themselves
 */
export const buildRequest = (
  draft: RowDraft,
  { book, columns, timezone, isSound = true }: BuildOptions,
): BuiltRequest => {
  const problems: RowProblem[] = [...mediaProblems(draft, columns.media)];
  const targets = draft.isDraft ? [] : targetsOf(draft, { book, column: columns.accounts, problems });
  const zone = draft.timezone ?? timezone;
  const schedule: ScheduleRequest = {
    targets,
    ...(targets.length > 0 && draft.publishNow ? { publishNow: true } : {}),
    ...(targets.length > 0 && draft.scheduledAt !== undefined ? { scheduledAt: draft.scheduledAt } : {}),
    ...(zone === undefined ? {} : { timezone: zone }),
  };
  if (draft.scheduledAt !== undefined && targets.length === 0 && !draft.isDraft && isSound && problems.length === 0)
    problems.push(nowhere(columns.accounts));
  return { request: { ...wordsOf(draft), schedule }, problems };
};

const wordsOf = ({ kind, caption, title, tags, options, variants, recycling, mediaId, mediaUrl }: RowDraft) => ({
  ...{ kind, caption, tags, options, variants },
  ...(title === undefined ? {} : { title }),
  ...(recycling === undefined ? {} : { recycling }),
  ...(mediaId === undefined || !isUuid(mediaId) ? {} : { mediaId: mediaId.toLowerCase() }),
  ...(mediaUrl === undefined || mediaId !== undefined ? {} : { mediaUrl }),
});

interface Finding {
  readonly book: AccountBook;
  readonly column: string;
  readonly problems: RowProblem[];
}

/** A row that names no accounts goes to those of the file, once it has a time. */
const targetsOf = (draft: RowDraft, { book, column, problems }: Finding): TargetRequest[] => {
  const hasTime = draft.scheduledAt !== undefined || draft.publishNow === true;
  if (draft.accounts.length === 0) return hasTime ? book.chosen.map((accountId) => ({ accountId })) : [];
  return draft.accounts.flatMap((wish) => {
    const found = book.find(wish, column);
    if ('problem' in found) {
      problems.push(found.problem);
      return [];
    }
    const { scheduledAt, caption } = wish;
    const own = {
      ...(scheduledAt === undefined ? {} : { scheduledAt }),
      ...(caption === undefined ? {} : { caption }),
    };
    return found.ids.map((accountId) => ({ accountId, ...own }));
  });
};

const PICTURE = /\.(?:jpe?g|png|gif|webp|heic|bmp|svg|pdf)(?:$|[?#])/i;

const mediaProblems = ({ mediaId, mediaUrl }: RowDraft, column: string): RowProblem[] => {
  if (mediaId !== undefined)
    return isUuid(mediaId)
      ? []
      : [{ column, code: 'media.bad_id', message: 'This is no id of a video. Copy it from GET /v1/media.' }];
  if (mediaUrl === undefined)
    return [{ column, code: 'media.missing', message: 'A post needs a video: give its mediaId, or an https address.' }];
  if (PICTURE.test(mediaUrl))
    return [
      {
        column,
        code: 'media.not_a_video',
        message: 'This address names a picture or document. Give the address of a video.',
      },
    ];
  return [];
};

const nowhere = (column: string): RowProblem => ({
  column,
  code: 'schedule.no_targets',
  message: 'This row has a time but no account. Name accounts in it, or choose some for the file with ?accountIds=.',
});
