export { AdviseHealth } from './application/feeds/advise-health.js';
export { HealthView } from './application/health-view.js';
export { CanaryTokens } from './domain/assessments.port.js';
export { Incidents } from './domain/incidents.port.js';
export { SignalRecorder } from './domain/signal-recorder.port.js';
export { CapabilityStateDto, RegionDto, sinceOf } from './http/dto/state.dto.js';
export { HealthModule } from './health.module.js';
