export { CancelTargets } from './application/targets/cancel-targets.js';
export { RefreezeTargets } from './application/targets/refreeze-targets.js';
export { RetryTargets } from './application/targets/retry-targets.js';
export { type SchedulePlan, ScheduleTargets, type TargetPlan } from './application/targets/schedule-targets.js';
export { TargetReader } from './application/targets/target-reader.js';
export { TargetResponse, toTargetResponse } from './http/dto/target.dto.js';
export { PublishingModule } from './publishing.module.js';
