export { BootstrapWorkspace } from './application/bootstrap-workspace.js';
export { Idempotency } from './application/idempotency.js';
export { type AuditEntry, AuditLog } from './domain/audit-log.port.js';
export { type IdempotencyCall, ShownOnce } from './domain/idempotency-call.js';
export type { Workspace } from './domain/workspace.js';
export { Workspaces } from './domain/workspaces.port.js';
export { ApiKeyGuard } from './http/api-key.guard.js';
export { IdempotentCall } from './http/idempotent-call.decorator.js';
export { WorkspacesModule } from './workspaces.module.js';
