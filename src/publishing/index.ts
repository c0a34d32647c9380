export { CancelTargets } from './application/cancel-targets.js';
export { RefreezeTargets } from './application/refreeze-targets.js';
export { RetryTargets } from './application/retry-targets.js';
export { type SchedulePlan, ScheduleTargets, type TargetPlan } from './application/schedule-targets.js';
export { TargetReader } from './application/target-reader.js';
export { TargetResponse, toTargetResponse } from './http/dto/target.dto.js';
export { PublishingModule } from './publishing.module.js';
