import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import { isChainIntact } from '../../domain/lists/consent.js';
import type { ConsentLine } from '../../domain/lists/consent-ledger.port.js';
import { Segments } from '../../domain/lists/segments.port.js';
import {
  type ExportedMessage,
  type ExportedSubscriber,
  type ExportFilter,
  SubscriberExport,
} from '../../domain/lists/subscriber-export.port.js';
import { type StoredSuppression, Suppressions } from '../../domain/lists/suppressions.port.js';

/** A subscriber with everything they agreed to. */
export interface SubscriberWithHistory {
  readonly subscriber: ExportedSubscriber;
  readonly consent: readonly ConsentLine[];
}

/** What a person may ask to see (GDPR article 15): profile, consent, messages, suppressions. */
export interface AccessRecord extends SubscriberWithHistory {
  readonly isChainIntact: boolean;
  readonly messages: readonly ExportedMessage[];
  readonly suppressions: readonly StoredSuppression[];
}

/** A filter as the API names it. */
export type ExportWish = Omit<ExportFilter, 'segment'> & { readonly segmentId?: string | undefined };

/** The list and its proofs as files. */
@Injectable()
export class ExportList {
  constructor(
    private readonly list: SubscriberExport,
    private readonly segments: Segments,
    private readonly suppressions: Suppressions,
    private readonly keys: AddressKeys,
  ) {}

  /** @throws DomainError `segment.not_found`, before the first page */
  async open(workspaceId: WorkspaceId, wish: ExportWish): Promise<AsyncIterable<readonly ExportedSubscriber[]>> {
    const { segmentId, ...filter } = wish;
    const segment = segmentId === undefined ? undefined : (await this.segments.get(workspaceId, segmentId)).filter;
    return this.list.subscribers(workspaceId, { ...filter, segment });
  }

  /** @throws DomainError `segment.not_found` */
  async openWithHistory(workspaceId: WorkspaceId, wish: ExportWish): Promise<AsyncIterable<SubscriberWithHistory>> {
    return this.withHistory(workspaceId, await this.open(workspaceId, wish));
  }

  ledger(workspaceId: WorkspaceId): AsyncIterable<readonly ConsentLine[]> {
    return this.list.ledger(workspaceId);
  }

  /** @throws DomainError `subscriber.not_found` */
  async access(workspaceId: WorkspaceId, id: string): Promise<AccessRecord> {
    const subscriber = await this.list.one(workspaceId, id);
    if (!subscriber) throw notFound('subscriber', id);
    const consent = (await this.list.histories(workspaceId, [id])).get(id) ?? [];
    const messages = await this.list.messages(workspaceId, id);
    const suppressions = await this.suppressionsOf(workspaceId, subscriber);
    return { subscriber, consent, isChainIntact: isChainIntact(consent), messages, suppressions };
  }

  private async suppressionsOf(
    workspaceId: WorkspaceId,
    { email, phone }: ExportedSubscriber,
  ): Promise<StoredSuppression[]> {
    const addresses = [
      ...(email === null ? [] : [{ channel: 'email' as const, addressHmac: this.keys.hmacOf(workspaceId, email) }]),
      ...(phone === null ? [] : [{ channel: 'sms' as const, addressHmac: this.keys.hmacOf(workspaceId, phone) }]),
    ];
    const found = await Promise.all(addresses.map((which) => this.suppressions.find(workspaceId, which)));
    return found.filter((one) => one !== undefined);
  }

  private async *withHistory(
    workspaceId: WorkspaceId,
    pages: AsyncIterable<readonly ExportedSubscriber[]>,
  ): AsyncIterable<SubscriberWithHistory> {
    for await (const page of pages) {
      const histories = await this.list.histories(
        workspaceId,
        page.map(({ id }) => id),
      );
      for (const subscriber of page) yield { subscriber, consent: histories.get(subscriber.id) ?? [] };
    }
  }
}
