import { describe, expect, it } from '@jest/globals';
import { Problem } from '../api/problem.ts';
import { takeBack } from './take-back.ts';

describe('takeBack', () => {
  it('counts posts, not reasons: what several were refused for is said once', async () => {
    const late = new Problem({ status: 409, code: 'target.too_late', detail: 'It is being published already.' });
    const undo = (id: string) => (id === 'b' ? Promise.resolve() : Promise.reject(late));
    const taken = await takeBack(['a', 'b', 'c'], undo);
    expect(taken).toEqual({ count: 1, refusals: ['It is being published already.'] });
  });
});
