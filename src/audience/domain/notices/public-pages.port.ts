import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Broadcast } from '../sending/broadcast.js';
import type { LinksPage } from './public-page.js';

/** What public pages read; nothing of any subscriber. */
export abstract class PublicPages {
  /** The last month's live videos (at most 30), open incidents and sent notices; undefined: no such workspace. */
  abstract links(workspaceId: WorkspaceId): Promise<LinksPage | undefined>;
  /** A notice of an outage that was sent; undefined for drafts, news and what does not exist. */
  abstract notice(broadcastId: string): Promise<Broadcast | undefined>;
}
