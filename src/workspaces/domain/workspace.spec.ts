import { describe, expect, it } from '@jest/globals';
import { isTimeZone } from './workspace.js';

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kathmandu'])('accepts %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+01:00', '-05:00', '01:00', 'Europe/Paris; drop'])('refuses %p', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
