import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { PersistentSettle } from './persistent-settle.js';
import type { SettleBatch } from './settle-batch.js';
import type { Settlement } from './settle-target.js';

const settlement: Settlement = { targetId: 't', attemptId: 'a', actor: 'test', decide: () => undefined };

/** Fails with each error in turn, then succeeds. */
const settling = (...errors: readonly Error[]) => {
  const left = [...errors];
  const execute = () => {
    const error = left.shift();
    return error ? Promise.reject(error) : Promise.resolve(undefined);
  };
  return { left, settle: new PersistentSettle({ execute } as unknown as SettleBatch) };
};

describe('PersistentSettle', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('gives up at once on what fails the same way every time', async () => {
    const broken = Object.assign(new Error('check'), { driverError: { code: '23514' } });
    const { settle, left } = settling(broken, broken);
    await expect(settle.execute(settlement)).rejects.toBe(broken);
    expect(left).toHaveLength(1);
  });

  it('outlasts a database that is away', async () => {
    const { settle, left } = settling(new Error('Connection terminated unexpectedly'));
    await settle.execute(settlement);
    expect(left).toEqual([]);
  });

  it('waits no more once it is told to stop', async () => {
    const { settle } = settling(new Error('away'), new Error('still away'));
    settle.stop();
    await expect(settle.execute(settlement)).rejects.toThrow('away');
  });
});
