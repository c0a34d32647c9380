import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { PageTokens } from '../../domain/notices/page-token.js';

/** The addresses of our own public pages, which work when platforms do not. */
@Injectable()
export class PublicAddresses {
  constructor(
    private readonly tokens: PageTokens,
    private readonly settings: MailSettings,
  ) {}

  /** The page that says where each video is now. */
  linksUrl(workspaceId: WorkspaceId): string {
    return `${this.settings.identity.publicUrl}/now/${this.tokens.tokenOf('links', workspaceId)}`;
  }

  /** One notice in the archive. */
  noticeUrl(broadcastId: string): string {
    return `${this.settings.identity.publicUrl}/notices/${this.tokens.tokenOf('notice', broadcastId)}`;
  }
}
