import { describe, expect, it } from '@jest/globals';
import { NEW_DRILL, toDrill } from './drill-wish.ts';

const AT = '2027-01-31T08:00:00Z';

describe('toDrill', () => {
  it('leaves to the server what nobody chose', () => {
    expect(toDrill(NEW_DRILL, 'Europe/Paris', AT)).toEqual({ kind: 'dry_run', platform: 'tiktok' });
  });

  it('says region, date and length of one drill', () => {
    const wish = { ...NEW_DRILL, region: 'us', when: 'once' as const, hours: 1.5 };
    expect(toDrill(wish, 'Europe/Paris', AT)).toMatchObject({ region: 'us', startsAt: AT, durationSeconds: 5_400 });
  });

  it('says day and clock of a weekly one, and no date', () => {
    const drill = toDrill({ ...NEW_DRILL, when: 'weekly' }, 'Europe/Paris', AT);
    expect(drill).toMatchObject({ schedule: { dayOfWeek: 1, time: '09:00', zone: 'Europe/Paris' } });
    expect(drill).not.toHaveProperty('startsAt');
  });
});
