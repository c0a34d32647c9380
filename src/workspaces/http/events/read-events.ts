import { Injectable } from '@nestjs/common';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { decodePosition, encodePosition, type EventPosition, isAfter } from '../../../infra/outbox/event-position.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { type PublicEvent, publicEvent } from '../../domain/events/public-event.js';

const BEGINNING: EventPosition = { xid: '0', id: '0' };

/** Whose events, which, and after which. */
export interface WantedEvents {
  readonly workspaceId: string;
  readonly types?: readonly string[] | undefined;
  readonly from?: string | undefined;
}

/** Events as pages, for who polls. */
@Injectable()
export class ReadEvents {
  constructor(private readonly outbox: EventOutbox) {}

  /** @throws DomainError `event.bad_position` */
  async page(
    { workspaceId, types, from }: WantedEvents,
    limit: number,
  ): Promise<{ items: PublicEvent[]; nextCursor: string }> {
    const after = from === undefined ? BEGINNING : decodePosition(from);
    const horizon = await this.outbox.horizon();
    assertPast(after, horizon);
    const rows = await this.outbox.ofWorkspace(workspaceId, { after, horizon, limit }, types);
    const last = rows.at(-1);
    return {
      items: rows.flatMap((row) => publicEvent(encodePosition(row), row) ?? []),
      nextCursor: encodePosition(last && rows.length === limit ? last : horizon),
    };
  }
}

/** @throws DomainError `event.bad_position` when `place` was never given out by this database */
export const assertPast = (place: EventPosition, now: EventPosition): void => {
  if (!isAfter(place, now)) return;
  throw new DomainError(
    'invalid',
    'event.bad_position',
    'This id lies ahead of all events; the database may have been restored. Start without an id.',
  );
};
