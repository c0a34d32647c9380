import { postActionsRun, postChangesChange, postsCreate, recurrencesPut } from '../api/generated/sdk.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import type { Draft } from './draft.ts';
import { changeBody, createBody, recurrenceBody, runOf } from './draft-bodies.ts';

interface ToSave {
  readonly draft: Draft;
  readonly stored?: PostDto;
  readonly timezone: string;
}

/** The post as it is stored now; `problem`: it is, but its repetition is not. */
export interface SavedDraft {
  readonly post: PostDto;
  readonly problem?: Problem;
}

/**
 * Saves what the draft says. Safe to repeat: creating and scheduling carry the draft's own key.
 * @throws Problem when the post itself was refused; nothing is stored then
 */
export const saveDraft = async (wish: ToSave): Promise<SavedDraft> => {
  const post = await (wish.stored ? change(wish.stored, wish) : create(wish));
  if (wish.draft.mode !== 'recurring') return { post };
  try {
    await recurrencesPut({
      path: { id: post.id },
      body: recurrenceBody(wish.draft, wish.timezone),
    });
    return { post };
  } catch (error) {
    return { post, problem: toProblem(error) };
  }
};

const create = async ({ draft, timezone }: ToSave): Promise<PostDto> => {
  const body = createBody(draft, timezone);
  if (!body) throw new RangeError('A draft without a video cannot be saved.');
  return (await postsCreate({ body, headers: keyOf(draft) })).data;
};

const change = async (stored: PostDto, { draft, timezone }: ToSave): Promise<PostDto> => {
  const body = changeBody(draft, stored);
  const changed = await postChangesChange({
    path: { id: stored.id },
    body,
    headers: { 'If-Match': `"${stored.version}"` },
  });
  const run = runOf(draft, timezone);
  if (!run) return changed.data;
  return (await postActionsRun({ path: { id: stored.id }, body: run, headers: keyOf(draft) })).data;
};

const keyOf = ({ key }: Draft) => ({ 'Idempotency-Key': key });
