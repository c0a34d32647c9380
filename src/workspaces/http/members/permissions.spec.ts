import { describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../../infra/http/principal.js';
import { grants } from '../../domain/api-key.js';
import { type Role, ROLES, scopesOf } from '../../domain/members/role.js';

const may = (role: Role) => SCOPES.filter((scope) => grants(scopesOf(role), scope));
const READS = ['media:read', 'posts:read', 'accounts:read', 'health:read', 'routes:read'];

describe('the permissions of a role', () => {
  it.each([
    ['viewer', READS],
    ['editor', [...READS, 'media:write', 'posts:write']],
    ['approver', [...READS, 'posts:approve']],
  ] as const)('of a %s are exactly these', (role, scopes) => {
    expect(new Set(may(role))).toEqual(new Set(scopes));
  });

  it('of an owner are all but those of who runs the instance', () => {
    expect(may('owner')).toEqual(SCOPES.filter((scope) => scope !== 'operator'));
  });

  it('name only scopes that exist', () => {
    for (const role of ROLES) for (const scope of scopesOf(role)) expect(SCOPES).toContain(scope);
  });

  it('never let one who writes approve, but for an owner', () => {
    const both = ROLES.filter((role) => may(role).includes('posts:write') && may(role).includes('posts:approve'));
    expect(both).toEqual(['owner']);
  });
});
