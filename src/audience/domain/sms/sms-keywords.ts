/** What a person asks for with one word. */
export type SmsKeyword = 'stop' | 'start' | 'help';

/**
 * Words that carriers and providers treat as such, whole message: Twilio's lists of 2025, with French for Canada
 * (https://help.twilio.com/articles/223134027, read 2026-11).
 */
const WHOLE: Readonly<Record<string, SmsKeyword>> = {
  stop: 'stop',
  stopall: 'stop',
  unsubscribe: 'stop',
  cancel: 'stop',
  end: 'stop',
  quit: 'stop',
  revoke: 'stop',
  optout: 'stop',
  arret: 'stop',
  start: 'start',
  yes: 'start',
  unstop: 'start',
  help: 'help',
  info: 'help',
  aide: 'help',
};

/** A wish to leave counts in any reasonable wording (47 CFR 64.1200(a)(10)); these open no other sentence. */
const OPENING = new Set(['stop', 'stopall', 'unsubscribe', 'optout', 'revoke', 'arret']);

/** Reads a message from a phone; undefined when it asks for nothing we know. */
export const keywordIn = (text: string): SmsKeyword | undefined => {
  const words = lettersOf(text).split(' ');
  const whole = WHOLE[words.join('')];
  if (whole) return whole;
  return OPENING.has(words[0] ?? '') || (words[0] === 'please' && OPENING.has(words[1] ?? '')) ? 'stop' : undefined;
};

/** Lower-case letters without accents, words parted by one space. */
const lettersOf = (text: string): string =>
  text
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
