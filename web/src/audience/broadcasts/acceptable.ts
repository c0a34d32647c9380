import type { SendBroadcastDto } from '../../api/generated/types.gen.ts';
import { Problem } from '../../api/problem.ts';

type Check = NonNullable<SendBroadcastDto['acceptFindings']>[number];

/** What name servers say against a broadcast; all else cannot be taken upon oneself. */
const CHECKS: readonly Check[] = ['dkim', 'spf', 'dmarc'];

/** The findings that whoever sends may accept, if nothing else speaks against it; undefined otherwise. */
export const acceptableFindings = (problem: Problem): Check[] | undefined => {
  if (problem.code !== 'broadcast.preflight_failed' || problem.fields.length === 0) return undefined;
  const found = problem.fields.map(({ rule }) => CHECKS.find((check) => rule === `preflight.${check}`));
  return found.every((check) => check !== undefined) ? [...new Set(found)] : undefined;
};
