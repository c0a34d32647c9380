import { describe, expect, it } from '@jest/globals';
import { ProviderObservations } from './provider-observations.js';

describe('observations of providers', () => {
  it('are counted per provider until they are taken', () => {
    const observations = new ProviderObservations();
    observations.observe({ provider: 'mail', name: 'smtp.example', isGood: true });
    observations.observe({ provider: 'mail', name: 'smtp.example', isGood: false, detail: '421 later' });
    observations.observe({ provider: 'storage', name: 'disk', isGood: true });
    expect(observations.take()).toEqual([
      { provider: 'mail', name: 'smtp.example', good: 1, bad: 1, detail: '421 later' },
      { provider: 'storage', name: 'disk', good: 1, bad: 0 },
    ]);
    expect(observations.take()).toEqual([]);
  });

  it('do not grow without bound', () => {
    const observations = new ProviderObservations();
    for (let n = 0; n < 1_000; n += 1) observations.observe({ provider: 'mail', name: `host-${n}`, isGood: true });
    expect(observations.take()).toHaveLength(50);
  });
});
