export { AccountsModule } from './accounts.module.js';
export { AccountTrouble } from './application/account-trouble.js';
export { ChangeAccount } from './application/change-account.js';
export { RefreshCredentials, type RefreshResult } from './application/refresh-credentials.js';
export { endsSoon } from './domain/refresh.policy.js';
export { AccountDirectory } from './domain/account-directory.port.js';
export { type QuotaAsk, type QuotaLeft, type QuotaReservation, Quotas } from './domain/quotas.port.js';
export { type TokenEnd, TokenEnds } from './domain/token-ends.port.js';
export { type AccountAccess, TokenVault } from './domain/token-vault.port.js';
