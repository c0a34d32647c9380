import { describe, expect, it } from '@jest/globals';
import { aReroute, aStatus } from '../../../../test/mothers/status-snapshot.mother.js';
import { liveElsewhere, signUpFor, troubledPlatforms } from './status-snapshot.js';

describe('liveElsewhere', () => {
  it('names a video that is on another platform and not on its own', () => {
    const video = aReroute();
    expect(liveElsewhere(aStatus({ videos: [video] }))).toEqual([video]);
  });

  it('leaves out what its own platform has by now, late or caught up', () => {
    const late = { platformName: 'TikTok', url: 'https://tiktok.example/1', insteadOf: null };
    const video = aReroute({ places: [...aReroute().places, late] });
    expect(liveElsewhere(aStatus({ videos: [video] }))).toEqual([]);
  });
});

describe('troubledPlatforms', () => {
  it('names a platform once, however many of its regions are ill, and none that comes back', () => {
    const regions = (['us', 'eu'] as const).map((region) => ({ name: 'TikTok', region, state: 'down' as const }));
    const recovering = { name: 'Skylight', region: null, state: 'recovering' as const };
    expect(troubledPlatforms(aStatus({ platforms: [...regions, recovering] }))).toEqual(['TikTok']);
  });
});

describe('signUpFor', () => {
  const form = (language: string) => ({ formId: language, language, consentText: 'Yes.', smsConsentText: null });

  it.each([
    ['fr', 'fr-CA'],
    ['en', 'de'],
  ])('gives a reader of %s the form in %s', (reader, chosen) => {
    const status = aStatus({ signUps: [form('de'), form('fr-CA')] });
    expect(signUpFor(status, reader)?.formId).toBe(chosen);
  });
});
