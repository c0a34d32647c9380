import type { TargetStatus } from './target-status.js';

/** One thing a person may answer. */
export interface PossibleAnswer {
  readonly request: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly means: string;
}

/** What a person is asked to decide. */
export interface OpenQuestion {
  readonly sentence: string;
  readonly answers: readonly PossibleAnswer[];
}

/** The question behind `needs_decision`; undefined for targets that go on by themselves. */
export const openQuestionOf = (target: {
  readonly id: string;
  readonly status: TargetStatus;
  readonly staleAt: Date;
}): OpenQuestion | undefined => {
  if (target.status !== 'needs_decision') return undefined;
  const path = `/v1/targets/${target.id}`;
  const otherwise = `Until ${target.staleAt.toISOString()} it is sent again at once, later it counts as missed.`;
  return {
    sentence: 'We could not find out whether this post is live: look at the account, then say what you see.',
    answers: [
      {
        request: `POST ${path}/resolve`,
        body: { found: '<link to the post>' },
        means: 'It is there, and counts as published.',
      },
      { request: `POST ${path}/resolve`, body: { absent: true }, means: `It is not there. ${otherwise}` },
      { request: `POST ${path}/cancel`, means: 'It does not matter any more; nothing is sent.' },
    ],
  };
};
