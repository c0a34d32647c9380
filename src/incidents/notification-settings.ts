import type { NotificationTiming } from './domain/notifications/notification-timing.js';

/** What notifications take from the configuration. */
export class NotificationSettings {
  constructor(
    /** Read at each use: with port 0 the public address is known only once we listen. */
    private readonly publicUrlOf: () => string,
    readonly discordApiUrl: string,
    readonly timing: NotificationTiming,
  ) {}

  /** Without a trailing slash. */
  get publicUrl(): string {
    return this.publicUrlOf();
  }
}
