import { describe, expect, it } from '@jest/globals';
import { DetectorRun } from '../../../test/mothers/detector-run.js';

/** A platform that was well for days: how rarely it fails is known. */
const settled = () => {
  const run = new DetectorRun();
  for (let i = 0; i < 1_500; i += 1) run.after(15_000).probe('good').uploadProbe('good');
  return run;
};

describe('a platform that is lost altogether', () => {
  it('is down as soon as two looks and one upload probe failed in a row: neither alone would be enough', () => {
    const run = settled().after(5_000).probe('bad').uploadProbe('bad').after(15_000).probe('bad');
    expect(run.state).toBe('down');
    expect(run.reason).toContain('Nearly all posts and probes fail');
    expect(settled().probe('bad').after(15_000).probe('bad').state).toBe('healthy');
  });

  it('is not so taken when one of them went well between', () => {
    const run = settled().probe('bad').uploadProbe('bad').after(15_000).probe('good').after(15_000).probe('bad');
    expect(run.state).not.toBe('down');
  });

  it('is degraded, not down, while a failure that may be chance is not told apart from a loss', () => {
    const run = settled();
    for (const verdict of ['bad', 'bad', 'good', 'bad', 'bad'] as const) run.after(60_000).uploadProbe(verdict);
    expect(run.state).toBe('degraded');
  });

  it('is down also when half of the uploads go on failing a while after it was called degraded', () => {
    const run = settled();
    const verdicts = ['bad', 'bad', 'bad', 'good', 'bad', ...Array<'good'>(6).fill('good')] as const;
    for (const verdict of verdicts) run.after(60_000).uploadProbe(verdict);
    expect(run.state).toBe('degraded');
    for (let i = 0; i < 8; i += 1) run.after(60_000).uploadProbe('bad').after(60_000).uploadProbe('good');
    expect(run.state).toBe('down');
  });

  it('is down by four failed uploads in a row; where one went well between by one more', () => {
    const failuresTo = (isMixed: boolean) => {
      const run = settled();
      let count = 0;
      for (; run.state !== 'down' && count < 20; count += 1) {
        run.after(60_000).uploadProbe('bad');
        if (isMixed && count === 1) run.after(60_000).uploadProbe('good');
      }
      return count;
    };
    expect([failuresTo(false), failuresTo(true)]).toEqual([4, 5]);
  });
});
