import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { changedIncidents, entryOfEvent, type FollowedEvent } from '../../domain/ledger/entry-of-event.js';
import type { PlacedDraft } from '../../domain/ledger/ledger-entry.js';
import { EarlierEvents, Ledger } from '../../domain/ledger/ledger.port.js';
import { LedgerSettings } from '../../ledger-settings.js';

/** How many events before an opening are looked through; a busy instance writes no more in the lead time that matters. */
const LOOK_BACK = 5_000;

/** Writes the ledger from events. Reading one twice writes nothing more. */
@Injectable()
export class RecordEvents {
  constructor(
    private readonly ledger: Ledger,
    private readonly earlier: EarlierEvents,
    private readonly settings: LedgerSettings,
  ) {}

  /** @returns how many lines were written */
  async handle(events: readonly FollowedEvent[], tx: Tx): Promise<number> {
    const [first] = events;
    if (!first || !(await this.ledger.hasRecent(this.settings.timing.tailMs, tx))) return 0;
    const { ids, hasOpened } = changedIncidents(events);
    let written = ids.length > 0 ? await this.ledger.copyTransitions(ids, tx) : 0;
    if (hasOpened) written += await this.write(await this.earlier.before(first, LOOK_BACK, tx), tx);
    return written + (await this.write(events, tx));
  }

  private async write(events: readonly FollowedEvent[], tx: Tx): Promise<number> {
    const placed = events.flatMap((event) => entryOfEvent(event) ?? []);
    const ofTargets = placed.flatMap(({ draft, place }) =>
      place.by === 'target' ? [{ draft, targetId: place.targetId }] : [],
    );
    let written = ofTargets.length > 0 ? await this.ledger.appendOfTargets(ofTargets, this.settings.timing, tx) : 0;
    const { leadMs } = this.settings.timing;
    for (const { draft, place } of await this.withRecipients(placed, tx)) {
      if (place.by === 'platform') written += await this.ledger.appendOfPlatform(draft, { ...place, leadMs }, tx);
      if (place.by === 'incident') written += await this.ledger.append(place.incidentId, [draft], tx);
    }
    return written;
  }

  /** Messages to the audience say how many they reached. */
  private async withRecipients(placed: readonly PlacedDraft[], tx: Tx): Promise<readonly PlacedDraft[]> {
    const ids = placed.flatMap(({ draft }) => (draft.kind === 'audience' ? (draft.subjectId ?? []) : []));
    if (ids.length === 0) return placed;
    const recipients = await this.ledger.recipients(ids, tx);
    return placed.map(({ draft, place }) => {
      const counts = draft.kind === 'audience' ? recipients.get(draft.subjectId ?? '') : undefined;
      if (!counts) return { draft, place };
      const text = `${draft.text} It reached ${counts.told} people; ${counts.failed} could not be reached.`;
      return { draft: { ...draft, text, data: { ...draft.data, ...counts } }, place };
    });
  }
}
