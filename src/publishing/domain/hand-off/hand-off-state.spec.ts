import { describe, expect, it } from '@jest/globals';
import { HAND_OFF_EVENTS, HAND_OFF_STATES, handOffAfter, type HandOffState, statesBefore } from './hand-off-state.js';

/** Written again by hand: where each event leads, `-` where it changes nothing. */
const PAGE: Readonly<Record<HandOffState, string>> = {
  due: 'notified opened confirmed skipped expired',
  notified: '- opened confirmed skipped expired',
  opened: '- - confirmed skipped expired',
  confirmed: '- - - - -',
  skipped: '- - - - -',
  expired: '- - confirmed skipped -',
};

const cells = HAND_OFF_STATES.flatMap((state) =>
  HAND_OFF_EVENTS.map((event, at) => [state, event, PAGE[state].split(' ')[at]] as const),
);

describe('a hand-off', () => {
  it.each(cells)('%s, %s: %s', (state, event, after) => {
    expect(handOffAfter(state, event) ?? '-').toBe(after);
  });

  it('is never confirmed by anything but a confirmation', () => {
    const ways = HAND_OFF_STATES.flatMap((state) =>
      HAND_OFF_EVENTS.filter((event) => handOffAfter(state, event) === 'confirmed'),
    );
    expect(new Set(ways)).toEqual(new Set(['confirm']));
  });

  it('knows which states an event can leave', () => {
    expect(statesBefore('expire')).toEqual(['due', 'notified', 'opened']);
    expect(statesBefore('notify')).toEqual(['due']);
  });
});
