import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import type { AuthenticatedKey } from '../domain/api-key.js';
import { hashOf, prefixOf } from '../domain/api-key-format.js';
import { ApiKeys } from '../domain/api-keys.port.js';

/** Finds who a presented key stands for. One indexed query and no cache: a revoked key is dead at once. */
@Injectable()
export class AuthenticateApiKey {
  constructor(private readonly keys: ApiKeys) {}

  /** @throws DomainError `key.missing`, `key.invalid`, `key.expired`, `key.revoked` */
  async execute(plain: string | undefined): Promise<AuthenticatedKey> {
    if (!plain) throw refused('missing', 'Send your API key as "Authorization: Bearer prn_live_…".');
    const prefix = prefixOf(plain);
    if (!prefix) throw refused('invalid', 'This is not a whole API key. Copy it again, with nothing cut off or added.');
    const stored = await this.keys.byPrefix(prefix);
    if (!stored || !timingSafeEqual(stored.hash, hashOf(plain)))
      throw refused('invalid', 'This API key is not known here. Check the key and the address of the server.');
    if (stored.isRevoked) throw refused('revoked', 'This API key was revoked. Ask an admin for a new one.');
    if (stored.isExpired) throw refused('expired', 'This API key has expired. Ask an admin for a new one.');
    const { id, workspaceId, scopes } = stored;
    return { id, workspaceId, prefix, scopes };
  }
}

const refused = (why: string, message: string) => new DomainError('unauthenticated', `key.${why}`, message);
