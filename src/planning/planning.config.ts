import { AppConfig } from '../infra/config/app-config.js';
import { DAY_MS } from '../kernel/durations.js';
import { planningTiming } from './domain/planning-timing.js';
import { PlanningSettings } from './planning-settings.js';

export const planningSettings = {
  provide: PlanningSettings,
  inject: [AppConfig],
  useFactory: ({ env }: AppConfig) =>
    new PlanningSettings(env.PLANNING_HORIZON_DAYS * DAY_MS, planningTiming(env.TIME_SCALE)),
};
