import { describe, expect, it } from '@jest/globals';
import { beyondGsm, smsSizeOf } from './sms-segments.js';

const size = (text: string) => {
  const { encoding, units, segments } = smsSizeOf(text);
  return `${encoding} ${units} ${segments}`;
};

describe('smsSizeOf', () => {
  it.each([
    ['nothing', '', 'gsm7 0 1'],
    ['one full message', 'a'.repeat(160), 'gsm7 160 1'],
    ['one letter more', 'a'.repeat(161), 'gsm7 161 2'],
    ['two full parts', 'a'.repeat(306), 'gsm7 306 2'],
    ['a third part', 'a'.repeat(307), 'gsm7 307 3'],
    ['euro signs take two', '€'.repeat(80), 'gsm7 160 1'],
    ['a euro sign is not torn apart', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7 306 3'],
    ['letters of the alphabet itself', 'Grüße, Ñandù à Ωmega £5 @home', 'gsm7 29 1'],
    ['one letter beyond it', 'Grüßé ç', 'ucs2 7 1'],
    ['70 of the wide ones', 'я'.repeat(70), 'ucs2 70 1'],
    ['71 of them', 'я'.repeat(71), 'ucs2 71 2'],
    ['two full wide parts', 'я'.repeat(134), 'ucs2 134 2'],
    ['a third wide part', 'я'.repeat(135), 'ucs2 135 3'],
    ['35 emoji', '😀'.repeat(35), 'ucs2 70 1'],
    ['an emoji is not torn apart', '😀'.repeat(67), 'ucs2 134 3'],
    ['a typographic apostrophe', 'Today’s video', 'ucs2 13 1'],
    ['line breaks', 'a\nb\r\nc', 'gsm7 6 1'],
    ['a tab, which GSM does not know', 'a\tb', 'ucs2 3 1'],
  ])('%s', (_, text, expected) => expect(size(text)).toBe(expected));
});

describe('beyondGsm', () => {
  it('names what makes a text expensive, each once', () => {
    expect(beyondGsm('Today’s “video” is here’ 😀')).toEqual(['’', '“', '”', '😀']);
    expect(beyondGsm('plain {text} for 5 €')).toEqual([]);
  });
});
