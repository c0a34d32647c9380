import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { Workspaces } from '../../../workspaces/index.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import type { QuietHours } from '../../domain/notices/quiet-hours.js';
import { textableAt } from '../../domain/sms/country-zones.js';
import type { SmsClaim } from '../../domain/sms/sms-ledger.port.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';

/** As whom and when a workspace texts. */
export interface SmsSender {
  readonly from: string;
  readonly maxPerDayMicros: number;
  readonly quietHours: QuietHours;
  readonly home: string;
}

/** Says when a text may leave: asked at every try, so that retries and resumed broadcasts keep the night too. */
@Injectable()
export class SmsHours {
  constructor(
    private readonly settings: SmsSettingsStore,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
    private readonly mail: MailSettings,
  ) {}

  async sendersOf(claims: readonly SmsClaim[]): Promise<ReadonlyMap<WorkspaceId, SmsSender>> {
    const senders = new Map<WorkspaceId, SmsSender>();
    for (const workspaceId of new Set(claims.map((claim) => claim.workspaceId))) {
      const settings = await this.settings.of(workspaceId);
      if (!settings?.isOn) continue;
      const { timeZone } = await this.workspaces.get(workspaceId);
      const { sender: from, maxPerDayMicros, quietHours } = settings;
      senders.set(workspaceId, { from, maxPerDayMicros, quietHours, home: timeZone });
    }
    return senders;
  }

  /** undefined: it may leave now. */
  waitsUntil(claim: SmsClaim, sender: SmsSender | undefined): Date | undefined {
    if (!sender) return undefined;
    const now = this.clock.now();
    const zone = claim.zone !== null && isTimeZone(claim.zone) ? claim.zone : undefined;
    const at = textableAt(now, { zone, country: claim.country }, sender.quietHours, sender.home);
    return at > now ? at : undefined;
  }

  /** When rows are asked for again that met the provider's trouble. */
  pauseUntil(): Date {
    return plusMs(this.clock.now(), this.mail.timing.routePauseMs);
  }

  /** The next UTC day, when the day's cap begins anew. */
  tomorrow(): Date {
    return new Date((Math.floor(this.clock.now().getTime() / DAY_MS) + 1) * DAY_MS);
  }
}
