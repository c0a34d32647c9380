export { EditBroadcast } from './application/sending/edit-broadcast.js';
export { SignUpSubscribers, type SignUpVerdict } from './application/lists/sign-up-subscribers.js';
export { StartBroadcast } from './application/sending/start-broadcast.js';
export { type BlackoutPlan, BlackoutPlans } from './domain/notices/blackout-plan.port.js';
export type { SignUp } from './domain/lists/sign-up-request.js';
export { signUpFields } from './http/lists/join-pages.js';
export { OPENABLE, TITLE } from './infrastructure/notices/live-copies.sql.js';
export { AudienceModule } from './audience.module.js';
