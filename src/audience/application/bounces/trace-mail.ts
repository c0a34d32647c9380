import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { BounceSettings } from '../../domain/bounces/bounce-settings.js';
import { type MailOwner, MailOwners, type MailTrace } from '../../domain/bounces/mail-owners.port.js';
import { readReturnPath } from '../../domain/bounces/return-path.js';

/** What came back, as far as it tells which mail it is about. */
export interface TraceableMail {
  readonly returnPaths: readonly string[];
  readonly messageIds: readonly string[];
}

/** Finds the mails that reports speak of, all in one question. */
@Injectable()
export class TraceMail {
  constructor(
    private readonly settings: BounceSettings,
    private readonly owners: MailOwners,
    private readonly clock: Clock,
  ) {}

  /** One answer per mail, in order; undefined where it is none of ours. The return path is believed first. */
  async execute(mails: readonly TraceableMail[]): Promise<readonly (MailOwner | undefined)[]> {
    const traces = mails.map((mail) => this.tracesOf(mail));
    const found = await this.owners.find(traces.flat());
    let from = 0;
    return traces.map(({ length }) => found.slice(from, (from += length)).find((owner) => owner !== undefined));
  }

  private tracesOf({ returnPaths, messageIds }: TraceableMail): readonly MailTrace[] {
    const now = this.clock.now();
    return [
      ...returnPaths.flatMap((path) => readReturnPath(this.settings.secret, path, now) ?? []),
      ...messageIds.map((messageId) => ({ messageId })),
    ];
  }
}
