import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { worstOf } from '../../domain/notifications/change.js';
import { digestWords, sumUp } from '../../domain/notifications/digest.js';
import { type KeptMessage, Ledger } from '../../domain/notifications/ledger.port.js';
import { releaseOf } from '../../domain/notifications/release.policy.js';
import { wordsOf } from '../../domain/notifications/words.js';
import { Wordings } from './wordings.js';

const BATCH = 200;

/** Closes messages that have gathered, and sums up what quiet hours kept. For one process of the cluster at a time. */
@Injectable()
export class ReleaseMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly wordings: Wordings,
    private readonly clock: Clock,
  ) {}

  /** @returns how many messages were closed or summed up */
  async runOnce(): Promise<number> {
    const closed = await this.unitOfWork.run((tx) => this.close(tx));
    return closed + (await this.unitOfWork.run((tx) => this.digest(tx)));
  }

  private async close(tx: Tx): Promise<number> {
    const now = this.clock.now();
    const due = (await this.ledger.takeGathered(BATCH, tx)).map((message) => ({
      message,
      release: releaseOf(message.gathered.kinds, message.wishes, now),
    }));
    await this.ledger.send(
      due
        .filter(({ release }) => release.kind === 'send')
        .map(({ message: { id, gathered, zone } }) => ({ id, message: wordsOf(gathered, this.wordings.in(zone)) })),
      tx,
    );
    await this.ledger.keep(
      due.flatMap(({ message: { id }, release }) => (release.kind === 'keep' ? [{ id, until: release.until }] : [])),
      tx,
    );
    return due.length;
  }

  private async digest(tx: Tx): Promise<number> {
    const kept = await this.ledger.takeQuiet(BATCH, tx);
    for (const own of byChannel(kept)) {
      const sums = sumUp(own.map(({ gathered }) => gathered));
      const digest = {
        message: digestWords(sums, this.wordings.in(own[0].zone)),
        severity: worstOf(sums.map(({ severity }) => severity)),
        count: sums.reduce((total, { count }) => total + count, 0),
      };
      await this.ledger.addDigest(own, digest, tx);
    }
    return kept.length;
  }
}

const byChannel = (kept: readonly KeptMessage[]): (readonly [KeptMessage, ...KeptMessage[]])[] => {
  const channels = new Map<string, [KeptMessage, ...KeptMessage[]]>();
  for (const message of kept) {
    const own = channels.get(message.channelId);
    if (own) own.push(message);
    else channels.set(message.channelId, [message]);
  }
  return [...channels.values()];
};
