import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { ICalWriter } from './ical-writer.js';

const at = new Date('2026-12-01T17:30:00Z');
const forecast = {
  id: '0192aaaa-0000-5000-8000-000000000001',
  at,
  queueName: 'Evenings; daily',
  title: undefined,
  caption: 'Tea\u0007,\u0000 now\r\nBEGIN:VEVENT\r\nSUMMARY:evil',
  tags: ['a,b'],
  why: 'The oldest of 7 posts.',
  updatedAt: new Date('2026-11-01T00:00:00Z'),
};
const write = (name = 'Plan') =>
  new ICalWriter().write({ name, note: 'More; than fits', zone: 'Europe/Paris', entries: [], forecasts: [forecast] });
const eventsOf = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');

describe('a written calendar', () => {
  it('shows what planning would do as tentative, under an id of its own', () => {
    const [component] = eventsOf(write());
    expect(component && new ICAL.Event(component)).toMatchObject({
      uid: forecast.id,
      summary: '[forecast] Evenings; daily: Tea ,  now',
    });
    expect(component?.getFirstPropertyValue('status')).toBe('TENTATIVE');
    expect(component?.getFirstProperty('categories')?.getValues()).toEqual(['a,b']);
  });

  it('lets no word of a person become a line of its own, in events and in its name', () => {
    const text = write('Mine\r\nX-EVIL:1, or\u0001 not');
    expect(eventsOf(text)).toHaveLength(1);
    expect(text).not.toMatch(/^(X-EVIL|SUMMARY:evil)/m);
    expect(text).not.toMatch(/[^\P{Cc}\r\n]/u);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('is the same bytes for the same content', () => {
    expect(write()).toBe(write());
  });
});
