import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HOUR_MS, SECOND_MS } from '../../../kernel/durations.js';

const FRESH_MS = 10 * SECOND_MS;
/** While the database is away, a page of the last hour is better than none. */
const KEPT_MS = HOUR_MS;
/** Pages of some dozen kB each; the one made longest ago is forgotten first. */
const MAX_PAGES = 200;

/** A page and the tag of its very bytes. */
export interface ShelvedPage {
  readonly html: string;
  readonly etag: string;
}

interface Kept {
  readonly page: ShelvedPage;
  readonly madeAtMs: number;
}

/**
 * Finished pages, so that a whole list that opens a link at once asks the database once in ten seconds, and finds the
 * page while the database is away.
 */
@Injectable()
export class PageShelf {
  private readonly kept = new Map<string, Kept>();
  private readonly making = new Map<string, Promise<ShelvedPage | undefined>>();
  /** Replaced in tests. */
  nowMs: () => number = () => performance.now();

  /** @param make answers undefined for a page that does not exist; it is asked again each time */
  async take(name: string, make: () => Promise<string | undefined>): Promise<ShelvedPage | undefined> {
    const kept = this.kept.get(name);
    if (kept && this.nowMs() - kept.madeAtMs < FRESH_MS) return kept.page;
    try {
      return await this.once(name, make);
    } catch (error) {
      if (kept && this.nowMs() - kept.madeAtMs < KEPT_MS) return kept.page;
      throw error;
    }
  }

  /** Those who ask while it is being made get the same one. */
  private once(name: string, make: () => Promise<string | undefined>): Promise<ShelvedPage | undefined> {
    const underWay = this.making.get(name);
    if (underWay) return underWay;
    const made = make()
      .then((html) => this.keep(name, html))
      .finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }

  private keep(name: string, html: string | undefined): ShelvedPage | undefined {
    this.kept.delete(name);
    if (html === undefined) return undefined;
    const page = { html, etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
    this.kept.set(name, { page, madeAtMs: this.nowMs() });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_PAGES && oldest !== undefined) this.kept.delete(oldest);
    return page;
  }
}
