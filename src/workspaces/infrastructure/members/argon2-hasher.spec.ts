import { describe, expect, it } from '@jest/globals';
import { RECOMMENDED_COST } from '../../domain/members/password-hash.js';
import { Argon2Hasher } from './argon2-hasher.js';

const CHEAP = { memoryKib: 64, passes: 2, lanes: 1 };

describe('the password hasher', () => {
  it('knows a password again, and no other', async () => {
    const hasher = new Argon2Hasher(CHEAP);
    const stored = await hasher.hash('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await hasher.verify('correct horse battery', stored)).toEqual({ isRight: true, isOutdated: false });
    expect(await hasher.verify('correct horse batterx', stored)).toEqual({ isRight: false, isOutdated: false });
    expect(await hasher.hash('correct horse battery')).not.toBe(stored);
  });

  it('verifies where there is nobody, and never finds it right', async () => {
    expect(await new Argon2Hasher(CHEAP).verify('anything', undefined)).toEqual({ isRight: false, isOutdated: false });
  });

  it('says when a right password should be hashed again at the present cost', async () => {
    const stored = await new Argon2Hasher(CHEAP).hash('correct horse battery');
    const dearer = new Argon2Hasher({ ...CHEAP, passes: 3 });
    expect(await dearer.verify('correct horse battery', stored)).toEqual({ isRight: true, isOutdated: true });
    expect(await dearer.verify('wrong', stored)).toEqual({ isRight: false, isOutdated: false });
  });

  it('takes a few at once, lets some wait, and sends the rest away', async () => {
    const hasher = new Argon2Hasher(CHEAP);
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => hasher.hash('correct horse battery')));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { code: 'sign_in.busy' } });
    expect(await hasher.hash('and then works again')).toContain('$argon2id$');
  });

  it('costs by default what OWASP recommends', () => {
    expect(RECOMMENDED_COST).toEqual({ memoryKib: 19 * 1024, passes: 2, lanes: 1 });
  });
});
