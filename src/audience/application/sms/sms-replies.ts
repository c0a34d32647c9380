import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { Workspaces } from '../../../workspaces/index.js';
import { replyText } from '../../domain/sms/sms-text.js';
import { PublicAddresses } from '../notices/public-addresses.js';

/** Our words to a keyword. */
@Injectable()
export class SmsReplies {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly addresses: PublicAddresses,
  ) {}

  async start(workspaceId: WorkspaceId): Promise<string> {
    return replyText.start((await this.workspaces.get(workspaceId)).name);
  }

  async help(workspaceId: WorkspaceId): Promise<string> {
    const { name } = await this.workspaces.get(workspaceId);
    return replyText.help(name, this.addresses.linksUrl(workspaceId));
  }
}
