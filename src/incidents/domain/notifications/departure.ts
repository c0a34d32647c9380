import type { Message } from './message.js';
import { spanOf } from './told-time.js';

/** What is known of a message at the moment it leaves. */
export interface Departure {
  /** How long ago the last change in it was, ms. */
  readonly ageMs: number;
  readonly lateAfterMs: number;
  /** Its fate was unknown once: it may have arrived. */
  readonly isRepeat: boolean;
}

/** The message as it leaves: one that is late, or may be known already, says so first. */
export const departing = (message: Message, { ageMs, lateAfterMs, isRepeat }: Departure): Message => {
  const notes = [
    ...(isRepeat ? ['You may have read this before: we do not know whether the first message arrived.'] : []),
    ...(ageMs >= lateAfterMs ? [`This message is late: what it tells is ${spanOf(ageMs)} old.`] : []),
  ];
  return notes.length === 0 ? message : { ...message, text: `${notes.join('\n')}\n\n${message.text}` };
};
