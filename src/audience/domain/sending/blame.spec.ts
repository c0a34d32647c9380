import { describe, expect, it } from '@jest/globals';
import type { MailDelivery } from './mailer.port.js';
import { blameOf, isPolicyRefusal } from './blame.js';

const refused = (code: number, reply: string, stage: 'route' | 'message' = 'message'): MailDelivery => ({
  kind: 'refused',
  lasting: code >= 500 ? 'permanent' : 'temporary',
  stage,
  code,
  reply: `${code} ${reply}`,
});

describe('blameOf', () => {
  it.each([
    [refused(421, 'closing', 'route'), 'server'],
    [refused(535, '5.7.8 bad credentials', 'route'), 'server'],
    [refused(421, '4.7.28 unusual rate of mail'), 'receiver'],
    [refused(450, 'try again later'), 'receiver'],
    [refused(451, '4.4.1 no answer from host'), 'receiver'],
    [refused(452, '4.2.2 mailbox full'), 'nobody'],
    [refused(450, '4.2.0 mailbox busy'), 'nobody'],
    [refused(550, '5.1.1 no such user'), 'nobody'],
    [refused(550, '5.7.1 blocked by policy'), 'receiver'],
    [refused(550, 'no such user'), 'nobody'],
    [{ kind: 'unknown', detail: 'reset' } as const, 'nobody'],
    [{ kind: 'accepted', reply: '250', server: 's' } as const, 'nobody'],
  ])('of %j is %s', (delivery, blame) => {
    expect(blameOf(delivery)).toBe(blame);
  });
});

describe('isPolicyRefusal', () => {
  it('tells who is refused: the sender or the person', () => {
    expect(isPolicyRefusal(refused(550, '5.7.1 blocked'))).toBe(true);
    expect(isPolicyRefusal(refused(550, '5.1.1 no such user'))).toBe(false);
    expect(isPolicyRefusal(refused(450, '4.7.1 greylisted'))).toBe(false);
  });
});
