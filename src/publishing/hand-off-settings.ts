import { DAY_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../kernel/durations.js';

/** A page stays open so long after its hand-off expired, so that a late word still finds its way. */
const GRACE_MS = 7 * DAY_MS;
const REMIND_AFTER_MS = 30 * MINUTE_MS;

/** What hand-offs take from the configuration. Waiting and reminding are under the time scale, links are not. */
export class HandOffSettings {
  readonly expireMs: number;
  readonly remindMs: number;
  readonly graceMs = GRACE_MS;

  /**
   * @param publicUrl address of our pages without a trailing slash; asked late, since PORT=0 is known after listening
   * @param from sender, an address or `Name <address>`
   */
  constructor(
    readonly publicUrl: () => string,
    readonly from: string,
    expireSeconds: number,
    scale: TimeScale,
  ) {
    this.expireMs = scaledMs(expireSeconds * SECOND_MS, scale);
    this.remindMs = scaledMs(REMIND_AFTER_MS, scale);
  }

  /** What stands behind the @ of the sender; part of every Message-ID. */
  get mailDomain(): string {
    const address = /<([^<>]+)>\s*$/.exec(this.from)?.[1] ?? this.from.trim();
    return address.slice(address.lastIndexOf('@') + 1) || 'localhost';
  }
}
