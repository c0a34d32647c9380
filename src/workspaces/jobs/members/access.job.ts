import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS, SECOND_MS } from '../../../kernel/durations.js';
import { SendAccessMails } from '../../application/members/send-access-mails.js';
import { AccessLinks } from '../../domain/members/access-links.port.js';
import { AccessMails } from '../../domain/members/access-mails.port.js';
import { Sessions } from '../../domain/members/sessions.port.js';

/** Sends what people wait for in their mailboxes, and forgets what is over. */
@Injectable()
export class AccessJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly mails: SendAccessMails,
    private readonly mailed: AccessMails,
    private readonly links: AccessLinks,
    private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('workspaces.access_mails', SECOND_MS, () => this.mails.runOnce());
    this.ticks.everyInCluster('workspaces.purge_access', HOUR_MS, () => this.purge());
  }

  private async purge(): Promise<void> {
    await this.sessions.purge();
    await this.mailed.purge();
    await this.links.purge();
  }
}
