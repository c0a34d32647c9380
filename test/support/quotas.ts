import { publishQuotas, type QuotaRules } from '../../src/accounts/domain/quota.policy.js';
import { QuotasRepository } from '../../src/accounts/infrastructure/quotas.repository.js';
import type { Database } from '../../src/infra/database/database.js';
import { AttemptQuotas } from '../../src/publishing/infrastructure/firing/attempt-quotas.js';

/** Google's default grant (`platforms.md` 3.2). */
export const RULES: QuotaRules = publishQuotas(100);

/** Quotas as attempts hold them. */
export const attemptQuotas = (database: Database, rules = RULES): AttemptQuotas =>
  new AttemptQuotas(database, new QuotasRepository(database, rules));
