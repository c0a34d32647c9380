import type { Principal } from '../../infra/http/principal.js';
import type { Pinner } from '../application/override-desk.js';

/** Who asks for an override. */
export const pinnerOf = ({ workspaceId, actor, scopes }: Principal): Pinner => ({
  workspaceId,
  actor,
  isOperator: scopes.includes('operator'),
});
