import { describe, expect, it } from '@jest/globals';
import { decideSignUp, type SignUpFacts } from './sign-up.js';

const facts = (given: Partial<SignUpFacts>): SignUpFacts => ({
  recentRequests: 0,
  alreadyConfirmed: false,
  isAsked: true,
  ...given,
});

describe('decideSignUp', () => {
  it.each([
    ['a new address is asked', {}, 'ask'],
    ['a pending one is asked again', { status: 'pending', recentRequests: 2 }, 'ask'],
    ['the fourth mail in a week is not sent', { status: 'pending', recentRequests: 3 }, 'limited'],
    ['a confirmed one stays', { status: 'confirmed' }, 'exists'],
    ['who left may come back by a click', { status: 'unsubscribed', suppression: 'unsubscribed' }, 'ask'],
    ['who was erased may come back by a click', { status: 'erased', suppression: 'erased' }, 'ask'],
    ['a complaint is for ever', { status: 'complained', suppression: 'complained' }, 'suppressed'],
    ['a dead address is not asked', { status: 'bounced', suppression: 'bounced' }, 'suppressed'],
    ['a suppressed stranger is not asked', { suppression: 'manual' }, 'suppressed'],
    ['declared consent admits a new address', { alreadyConfirmed: true }, 'admit'],
    [
      'declared consent admits a pending one',
      { alreadyConfirmed: true, status: 'pending', recentRequests: 3 },
      'admit',
    ],
    ['declared consent repeats nothing', { alreadyConfirmed: true, status: 'confirmed' }, 'exists'],
    ['nobody else brings back who left', { alreadyConfirmed: true, suppression: 'unsubscribed' }, 'suppressed'],
    ['a new address can be declared', { isAsked: false }, 'declare'],
    ['a declaration adds nothing to one who waits', { isAsked: false, status: 'pending' }, 'exists'],
    ['a declaration brings nobody back', { isAsked: false, status: 'unsubscribed' }, 'suppressed'],
    ['a paused address may be asked anew', { status: 'pending', suppression: 'paused' }, 'ask'],
    ['nobody else brings back who was erased', { alreadyConfirmed: true, status: 'erased' }, 'suppressed'],
  ] as const)('%s', (_title, given, decision) => {
    expect(decideSignUp(facts(given))).toBe(decision);
  });
});
