/**
 * - `due`: a person has to post it; nobody was told yet
 * - `notified`: the mail left
 * - `opened`: somebody, or a mail scanner, looked at the page
 * - `confirmed`, `skipped`: the person said so
 * - `expired`: nobody said anything in time
 */
export const HAND_OFF_STATES = ['due', 'notified', 'opened', 'confirmed', 'skipped', 'expired'] as const;
export type HandOffState = (typeof HAND_OFF_STATES)[number];

/** What can happen to a hand-off. */
export const HAND_OFF_EVENTS = ['notify', 'open', 'confirm', 'skip', 'expire'] as const;
export type HandOffEvent = (typeof HAND_OFF_EVENTS)[number];

/** Waiting for a person; the target is `publishing` meanwhile. */
export const OPEN_HAND_OFF_STATES: readonly HandOffState[] = ['due', 'notified', 'opened'];

/** A person's late word still counts after `expired`; nothing takes a given word back. */
const NEXT: Readonly<Record<HandOffState, Partial<Record<HandOffEvent, HandOffState>>>> = {
  due: { notify: 'notified', open: 'opened', confirm: 'confirmed', skip: 'skipped', expire: 'expired' },
  notified: { open: 'opened', confirm: 'confirmed', skip: 'skipped', expire: 'expired' },
  opened: { confirm: 'confirmed', skip: 'skipped', expire: 'expired' },
  confirmed: {},
  skipped: {},
  expired: { confirm: 'confirmed', skip: 'skipped' },
};

/** The state after an event; undefined when it changes nothing. */
export const handOffAfter = (state: HandOffState, event: HandOffEvent): HandOffState | undefined => NEXT[state][event];

/** States from which an event leads on. */
export const statesBefore = (event: HandOffEvent): readonly HandOffState[] =>
  HAND_OFF_STATES.filter((state) => handOffAfter(state, event) !== undefined);
