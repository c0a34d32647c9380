import { setTimeout as pause } from 'node:timers/promises';
import type { History } from './checker/rows.ts';
import type { Scheduled } from './schedule.ts';

type Answers = { readonly cancels: History['cancels'][number][]; readonly edits: History['edits'][number][] };

/** Cancels and edits at the instant of firing; remembers only what the API said yes to. */
export const runRaces = async (scheduled: readonly Scheduled[], startMs: number): Promise<Answers> => {
  const answers: Answers = { cancels: [], edits: [] };
  const raced = scheduled.filter(({ planned }) => planned.race !== undefined);
  await Promise.all(raced.map((item) => race(item, startMs, answers)));
  return answers;
};

const race = async (
  { planned, api, postId, targetIds }: Scheduled,
  startMs: number,
  answers: Answers,
): Promise<void> => {
  const { kind, leadMs } = planned.race ?? { kind: 'edit', leadMs: 0 };
  await pause(Math.max(0, startMs + (planned.runs[0]?.atMs ?? 0) - leadMs - Date.now()));
  const caption = `Crash run ${planned.marker} as edited`;
  for (const targetId of targetIds) {
    // 409 `target.too_late`: the call was first.
    const answer =
      kind === 'cancel'
        ? await api('POST', `/v1/targets/${targetId}/cancel`).catch(tooLate)
        : await api('PATCH', `/v1/posts/${postId}`, { caption }).catch(tooLate);
    if (answer === undefined) continue;
    if (kind === 'cancel') answers.cancels.push({ targetId, at: Date.now() });
    else if (!isLate(answer)) answers.edits.push({ targetId, caption: 'as edited', at: Date.now() });
  }
};

/** A post may take new words although one of its targets kept the old ones; then it says so. */
const isLate = (answer: unknown): boolean => {
  const { targets } = answer as { readonly targets?: readonly { readonly status: string }[] };
  return targets?.some(({ status }) => status !== 'scheduled' && status !== 'held') ?? true;
};

const tooLate = (error: unknown): undefined => {
  if (error instanceof Error && / 409 /.test(error.message)) return undefined;
  throw error;
};
