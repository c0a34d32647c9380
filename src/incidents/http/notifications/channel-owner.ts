import type { Principal } from '../../../infra/http/principal.js';
import type { ChannelOwner } from '../../application/notifications/channel-desk.js';

/** Who asks for channels. */
export const ownerOf = ({ workspaceId, actor, scopes }: Principal): ChannelOwner => ({
  workspaceId,
  actor,
  isOperator: scopes.includes('operator'),
});
