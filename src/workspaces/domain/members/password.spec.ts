import { describe, expect, it } from '@jest/globals';
import { normalisePassword, passwordFault } from './password.js';

const EMAIL = 'marie.curie@example.com';

describe('passwordFault', () => {
  it.each([
    ['correct horse battery', undefined],
    ['ein Bär mit Hut 7!', undefined],
    ['密码很长并且没有人能够猜到它因为', undefined],
    ['fourteen chars', 'too_short'],
    ['x7'.repeat(65), 'too_long'],
    ['aaaaaaaaaaaaaaaa', 'too_simple'],
    ['abcabcabcabcabcabc', 'too_simple'],
    ['123456789012345', 'too_simple'],
    ['qwertyuiopasdfgh', 'too_simple'],
    ['passwordpassword', 'too_simple'],
    ['Password12345678', 'too_simple'],
    ['perennialperennial', 'too_simple'],
    ['marie.curie@example.com', 'holds_address'],
    ['marie.curie1984', 'holds_address'],
    ['marie.curie likes glowing stones', undefined],
  ] as const)('%s: %s', (password, fault) => expect(passwordFault(password, EMAIL)).toBe(fault));

  it('counts characters, not bytes or halves of them', () => {
    expect(passwordFault('🐻🎩🌵🐙🦊🦉🐝🌊🍄🌙⭐🔥🍎🚲', EMAIL)).toBe('too_short');
    expect(passwordFault('🐻🎩🌵🐙🦊🦉🐝🌊🍄🌙⭐🔥🍎🚲🎺', EMAIL)).toBeUndefined();
  });

  it('takes the same characters typed in two ways for one password', () => {
    expect(normalisePassword('Ba\u0308r')).toBe(normalisePassword('B\u00e4r'));
  });
});
