import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import type { CheckOutcome } from '../../../platforms/domain/publish-outcome.js';
import type { StepContext } from '../firing/step-context.js';
import { type AttemptView, OPEN_ATTEMPT_STATES, type Step, type TargetState } from '../targets/target-state.js';
import { settleLink } from './link.policy.js';
import { settleSighting, type Sighting } from './reconcile.policy.js';

/** What one look showed, and what its silence would be worth. */
export interface Look {
  readonly sighting: Sighting;
  readonly rule: AbsenceRule;
  /** false: the platform's `read` is not healthy, so a clean read without the post proves nothing (design 4.2). */
  readonly readHealthy?: boolean;
  /** What it shows was found in the account's list, by its words and time: another run's copy looks the same. */
  readonly byList?: boolean;
}

/** Whether the look may have taken another run's copy for ours, should one be in doubt. */
export const mayBeSiblings = ({ byList, sighting }: Look): boolean =>
  byList === true && (sighting.kind === 'published' || sighting.kind === 'ambiguous');

/** What is left of such a look. */
export const ofNoUse = (look: Look): Look => ({
  ...look,
  sighting: { kind: 'unavailable', detail: 'Another run of the post may be the one listed.' },
});

/** Handle and list taken together. @param found what the list showed; `unsupported` where there is none */
export const weighLook = (
  checked: Extract<CheckOutcome, { kind: 'inconclusive' | 'absent' }>,
  found: Sighting | 'unsupported',
  rule: AbsenceRule,
): Sighting => {
  const silence: Sighting = { kind: 'absent' };
  if (found === 'unsupported') return checked.kind === 'absent' ? silence : { kind: 'untellable' };
  // Where the handle itself is the witness, a list that cannot be read (no consent for it) takes nothing from its proof.
  if (checked.kind === 'absent' && rule.witness === 'handle' && isSilent(found)) return silence;
  // A handle that says "published" without an id proves presence: an empty list is then only late.
  const listDecides = rule.witness === 'list' || checked.kind === 'absent';
  return found.kind === 'absent' && !listDecides ? NOT_LISTED_YET : found;
};

/** What a look changes; undefined: the target is no longer in question. */
export const settleLook = (
  target: TargetState,
  attempt: AttemptView,
  { sighting, rule, readHealthy = true }: Look,
  context: StepContext,
): Step | undefined => {
  if (target.status === 'published') return settleLink(target, sighting, context);
  if (target.status !== 'publishing' && target.status !== 'unconfirmed') return undefined;
  // A look may take long (reads, a database that is away); meanwhile its attempt may be over and the next one begun.
  if (!OPEN_ATTEMPT_STATES.includes(attempt.state)) return undefined;
  const { now, timing } = context;
  return settleSighting(target, attempt, sighting, { now, timing, rule, readHealthy });
};

const NOT_LISTED_YET: Sighting = { kind: 'unavailable', detail: 'Not listed yet.' };

const isSilent = ({ kind }: Sighting): boolean => kind === 'unavailable' || kind === 'unauthorised';
