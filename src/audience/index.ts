export { EditBroadcast } from './application/edit-broadcast.js';
export { SignUpSubscribers, type SignUpVerdict } from './application/sign-up-subscribers.js';
export { StartBroadcast } from './application/start-broadcast.js';
export { type BlackoutPlan, BlackoutPlans } from './domain/notices/blackout-plan.port.js';
export type { SignUp } from './domain/lists/sign-up-request.js';
export { AudienceModule } from './audience.module.js';
