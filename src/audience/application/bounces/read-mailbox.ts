import { Injectable } from '@nestjs/common';
import { BounceMailbox, MailboxPlaces } from '../../domain/bounces/bounce-mailbox.port.js';
import { type InboundResult, TakeInboundMail } from './take-inbound-mail.js';

const BATCH = 50;

/** What a reading came to, by result. */
export type ReadingCounts = Readonly<Partial<Record<InboundResult, number>>>;

/** Reads what came into the mailbox since the last time. One process at a time; a mail read twice is taken once. */
@Injectable()
export class ReadMailbox {
  constructor(
    private readonly mailbox: BounceMailbox,
    private readonly places: MailboxPlaces,
    private readonly take: TakeInboundMail,
  ) {}

  /** Goes on until nothing is new. Dying in between leaves the place behind the last mail that was taken. */
  async runOnce(): Promise<ReadingCounts> {
    const counts: Partial<Record<InboundResult, number>> = {};
    const { name } = this.mailbox;
    if (name === undefined) return counts;
    for (let read = BATCH; read === BATCH;) {
      const { validity, mails } = await this.mailbox.after(await this.places.get(name), BATCH);
      for (const { uid, raw } of mails) {
        const result = await this.take.execute({ raw, envelope: [] });
        counts[result] = (counts[result] ?? 0) + 1;
        await this.places.set(name, { validity, uid });
      }
      read = mails.length;
    }
    return counts;
  }
}
