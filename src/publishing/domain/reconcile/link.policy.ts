import { plusMs } from '../../../kernel/durations.js';
import type { StepTime } from '../firing/step-context.js';
import { nextCheckDelayMs } from '../publishing-timing.js';
import type { Step, TargetState } from '../targets/target-state.js';
import type { Sighting } from './reconcile.policy.js';

/** A live post whose id the platform tells later (TikTok): keep looking for the link, change nothing else. */
export const settleLink = (target: TargetState, sighting: Sighting, { now, timing }: StepTime): Step => {
  const checks = target.checks + 1;
  const found = sighting.kind === 'published' && sighting.platformPostId !== undefined;
  const isOver = found || checks >= LINK_LOOKS || (sighting.kind === 'published' && sighting.staysWithoutId === true);
  const nextCheckAt = isOver ? null : plusMs(now, nextCheckDelayMs(timing, checks));
  return {
    cause: found ? 'link_found' : 'look_again',
    target: {
      status: 'published',
      checks,
      nextCheckAt,
      ...(found ? { link: { platformPostId: sighting.platformPostId, permalink: sighting.permalink } } : {}),
    },
    effects: [],
  };
};

/** Looks for the link of a live post before we stop asking: about a day by the schedule. */
const LINK_LOOKS = 30;
