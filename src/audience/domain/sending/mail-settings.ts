import { type AudienceTiming } from '../audience.timing.js';
import type { MailIdentity } from './mail-identity.js';

/** What this room takes from the configuration. */
export class MailSettings {
  constructor(
    /** Read at each use: with port 0 the public address is known only once we listen. */
    private readonly identityOf: () => MailIdentity,
    readonly timing: AudienceTiming,
  ) {}

  get identity(): MailIdentity {
    return this.identityOf();
  }
}
