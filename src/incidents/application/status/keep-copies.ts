import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { StatusFacts } from '../../domain/status/status.ports.js';
import { LastCopies } from './last-copies.js';

/** More pages than that are kept fresh by their visitors alone. */
const MAX_PAGES = 500;

/** Has a recent copy of every page at hand before the database is lost, of those too that nobody looks at. */
@Injectable()
export class KeepCopies {
  constructor(
    private readonly facts: StatusFacts,
    private readonly copies: LastCopies,
  ) {}

  /** One page after the other, so that visitors and publishing go first. */
  async runOnce(): Promise<void> {
    for (const slug of await this.facts.slugs(MAX_PAGES)) await this.copies.keepFresh(slug, MINUTE_MS);
  }
}
