import { Injectable } from '@nestjs/common';
import { DocumentFetch } from '../../../infra/fetch/document-fetch.js';
import type { FetchPolicy } from '../../../infra/fetch/public-address.js';
import { type FeedAnswer, FeedDoor } from '../../domain/feeds/feeds.port.js';

/** Pages behind addresses that operators give, through the guarded door. */
@Injectable()
export class GuardedFeedDoor extends FeedDoor {
  private readonly documents: DocumentFetch;

  constructor(policy: FetchPolicy) {
    super();
    this.documents = new DocumentFetch(policy);
  }

  assertUsable(url: string): Promise<void> {
    return this.documents.assertUsable(url);
  }

  read(request: Parameters<FeedDoor['read']>[0]): Promise<FeedAnswer> {
    return this.documents.read(request);
  }

  onApplicationShutdown(): Promise<void> {
    return this.documents.close();
  }
}
