import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../../../kernel/transaction.js';
import type { Trouble } from '../../../routing/domain/route-facts.js';
import type { Firing } from '../../domain/firing/firing.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { CreateReplacement, ReplacementPlan } from './create-replacement.js';
import type { DecideTargets } from './decide-targets.js';
import { SeekReplacement } from './seek-replacement.js';

const TX = {} as Tx;
const ROOT = { id: 'root', rootId: 'root', role: 'origin', status: 'rerouted', replacementId: 'first' };
const FIRST = { id: 'first', rootId: 'root', role: 'reroute', status: 'failed' };

/** The seeker over these rows; routing always knows a way. */
const seekerOver = (rows: readonly object[]) => {
  const made: ReplacementPlan[] = [];
  const asked: Trouble[] = [];
  const firing = {
    load: (ids: readonly string[]) =>
      Promise.resolve((rows as readonly TargetRecord[]).filter(({ id }) => ids.includes(id))),
  } as unknown as Firing;
  const decide = {
    execute: ([target]: readonly TargetRecord[], trouble: Trouble) => {
      asked.push(trouble);
      return Promise.resolve([{ target, decision: { kind: 'reroute', accountId: 'elsewhere', reasons: [] } }]);
    },
  } as unknown as DecideTargets;
  const create = {
    execute: (plan: ReplacementPlan) => {
      made.push(plan);
      return Promise.resolve('next');
    },
  } as unknown as CreateReplacement;
  return { seeker: new SeekReplacement(firing, decide, create), made, asked };
};

describe('SeekReplacement', () => {
  it('leaves a refused origin to a person', async () => {
    const { seeker, made } = seekerOver([{ ...ROOT, status: 'failed' }]);
    expect(await seeker.execute('root', 'rejected', TX)).toBeUndefined();
    expect(made).toEqual([]);
  });

  it('goes on once when only the first replacement was refused, whether the next account is full or not', async () => {
    const { seeker, made, asked } = seekerOver([ROOT, FIRST, { ...FIRST, id: 'second' }]);
    expect(await seeker.execute('first', 'rejected', TX)).toBe('next');
    expect(asked).toEqual(['rejected']);
    expect(made[0]).toMatchObject({ accountId: 'elsewhere', role: 'reroute' });
    expect(made[0]).not.toHaveProperty('isRouted');
    expect(await seeker.execute('second', 'rejected', TX)).toBeUndefined();
  });

  it('reserves the place when it seeks because of a doubt', async () => {
    const { seeker, made } = seekerOver([{ ...ROOT, status: 'unconfirmed', replacementId: undefined }]);
    await seeker.execute('root', 'unknown_outcome', TX);
    expect(made[0]).toMatchObject({ isRouted: true });
  });
});
