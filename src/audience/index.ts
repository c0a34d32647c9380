export { EditBroadcast } from './application/edit-broadcast.js';
export { type SignUp, SignUpSubscribers, type SignUpVerdict } from './application/sign-up-subscribers.js';
export { StartBroadcast } from './application/start-broadcast.js';
export { type BlackoutPlan, BlackoutPlans } from './domain/blackout-plan.port.js';
export { AudienceModule } from './audience.module.js';
