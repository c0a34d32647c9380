import { beforeAll, describe, expect, it } from '@jest/globals';
import { createInstance, type TFunction } from 'i18next';
import { readFileSync } from 'node:fs';
import { EVERY_DAY, type Rule } from './rule.ts';
import { ruleInWords } from './rule-words.ts';

const START = '2026-11-23T09:30';
const say = new Map<string, TFunction>();

beforeAll(async () => {
  for (const language of ['en', 'fr']) {
    const words: unknown = JSON.parse(readFileSync(`web/src/i18n/${language}.json`, 'utf8'));
    const resources = { [language]: { translation: words as Record<string, unknown> } };
    const i18n = createInstance();
    await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
    say.set(language, i18n.t);
  }
});

const inWords = (rule: Partial<Rule>, language = 'en'): string => {
  const t = say.get(language);
  return t ? ruleInWords({ ...EVERY_DAY, ...rule }, START, { t, language }) : '';
};

describe('ruleInWords', () => {
  it('says how often and when', () => {
    expect(inWords({})).toBe('Every day at 09:30');
    expect(inWords({ interval: 3, hours: [18, 9] })).toBe('Every 3 days at 09:30 and 18:30');
    expect(inWords({ freq: 'WEEKLY', weekdays: ['FR', 'MO'] })).toBe('Every week on Monday and Friday at 09:30');
    expect(inWords({ freq: 'MONTHLY', monthDay: { kind: 'weekday', position: -1, weekday: 'FR' } })).toBe(
      'Every month on the last Friday at 09:30',
    );
  });

  it('says when it ends', () => {
    expect(inWords({ end: { kind: 'until', day: '2027-12-31' } })).toBe('Every day at 09:30, until December 31, 2027');
    expect(inWords({ end: { kind: 'count', count: 10 } })).toBe('Every day at 09:30, 10 times');
  });

  it('says it in French too', () => {
    expect(inWords({ freq: 'WEEKLY', interval: 2, weekdays: ['TU'] }, 'fr')).toBe(
      'Toutes les 2 semaines le mardi à 09:30',
    );
  });
});
