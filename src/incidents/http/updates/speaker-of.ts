import type { Principal } from '../../../infra/http/principal.js';
import type { Speaker } from '../../domain/updates/speaker.js';

/** Whose words a request brings. */
export const speakerOf = ({ workspaceId, actor, scopes }: Principal): Speaker => ({
  workspaceId,
  actor,
  isOperator: scopes.includes('operator'),
});
