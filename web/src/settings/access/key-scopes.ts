import { ApiKeyScope } from '../../api/generated/types.gen.ts';

/** What a key of a workspace may be made with; `operator` belongs to whoever runs the server. */
export const KEY_SCOPES: readonly ApiKeyScope[] = Object.values(ApiKeyScope).filter((scope) => scope !== 'operator');
