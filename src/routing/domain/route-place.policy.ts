import { DomainError } from '../../kernel/domain-error.js';
import { PLATFORM_NAMES } from '../../platforms/domain/platform-name.js';
import { ANY_PLATFORM, type RouteScope } from './route.js';

/** Longest tag a post can have, UTF-16 units. */
const MAX_TAG = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The scope id as it is kept: empty for the workspace, a checked shape for everything else.
 * Whether the thing exists is asked elsewhere.
 * @throws DomainError `route.bad_scope_id`, `route.platform_twice`
 */
export const scopeIdOf = (scope: RouteScope, scopeId: string | undefined, platform: string): string => {
  if (scope === 'workspace') {
    if (scopeId === undefined || scopeId === '') return '';
    throw badScopeId('A route of the workspace has no scopeId. Leave it out.');
  }
  if (scopeId === undefined || scopeId === '') throw badScopeId(`A route of a ${scope} needs its scopeId.`);
  switch (scope) {
    case 'platform':
      if (!PLATFORM_NAMES.some((name) => name === scopeId))
        throw badScopeId(`scopeId must be one of: ${PLATFORM_NAMES.join(', ')}.`);
      if (platform !== ANY_PLATFORM && platform !== scopeId) throw platformTwice();
      return scopeId;
    case 'account':
    case 'post':
      if (!UUID.test(scopeId)) throw badScopeId(`scopeId must be the id of a ${scope}.`);
      return scopeId.toLowerCase();
    case 'tag':
      if (scopeId.length > MAX_TAG) throw badScopeId(`A tag has at most ${MAX_TAG} characters.`);
      return scopeId;
  }
};

const badScopeId = (message: string) =>
  new DomainError('invalid', 'route.bad_scope_id', message, {}, [{ field: 'scopeId', rule: 'scopeId', message }]);

const platformTwice = () =>
  new DomainError('invalid', 'route.platform_twice', 'A route of a platform answers for that platform only.');
