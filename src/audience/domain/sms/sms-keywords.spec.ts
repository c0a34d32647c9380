import { describe, expect, it } from '@jest/globals';
import { keywordIn } from './sms-keywords.js';

describe('keywordIn', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Stop all', 'stop'],
    ['opt-out', 'stop'],
    ['STOP sending me this!', 'stop'],
    ['please unsubscribe', 'stop'],
    ['ARRÊT', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['End', 'stop'],
    ['YES', 'start'],
    ['Unstop', 'start'],
    ['help?', 'help'],
  ])('%s asks for %s', (text, expected) => expect(keywordIn(text)).toBe(expected));

  it.each(['', 'When does it end', 'yes please call me', 'I cannot help', 'don’t stop', '123', 'nonstop'])(
    '"%s" asks for nothing',
    (text) => expect(keywordIn(text)).toBeUndefined(),
  );
});
