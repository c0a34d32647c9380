import { describe, expect, it } from '@jest/globals';
import type { HandOff } from '../../domain/hand-off/hand-offs.port.js';
import { handOffPage, UNKNOWN_LINK } from './hand-off-page.js';

const AT = new Date('2026-11-21T10:00:00Z');
const HAND_OFF: HandOff = {
  id: 'h',
  workspaceId: 'w',
  targetId: 't',
  attemptId: 'a',
  accountId: 'c',
  postId: 'p',
  mediaId: 'm',
  platform: 'upscrolled',
  accountName: 'mara',
  caption: '<b>Bread</b>',
  state: 'notified',
  targetStatus: 'publishing',
  createdAt: AT,
  expiresAt: AT,
};
const page = (changes: Partial<HandOff>, warning?: string): string =>
  handOffPage({
    handOff: { ...HAND_OFF, ...changes },
    token: 'tok',
    platformName: 'UpScrolled',
    fileName: 'upscrolled.mp4',
    base: '',
    ...(warning === undefined ? {} : { warning }),
  });

describe('the page of a hand-off', () => {
  it('warns of nothing while nothing is wrong', () => {
    for (const calm of [page({}), page({ state: 'confirmed' }), page({ state: 'skipped' }), UNKNOWN_LINK])
      expect(calm).not.toContain('role="alert"');
  });

  it('says what was wrong with an answer', () => {
    expect(page({}, 'That is no link.')).toContain('role="alert">That is no link.</p>');
  });

  it('shows a caption as text, whatever it holds', () => {
    expect(page({})).toContain('&lt;b&gt;Bread&lt;/b&gt;');
  });
});
