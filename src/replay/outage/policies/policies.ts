import { EnginePublisher } from '../engine/engine-publisher.js';
import { BreakerHealth } from '../health/breaker-health.js';
import { DetectorHealth } from '../health/detector-health.js';
import { GatusHealth } from '../health/gatus-health.js';
import { TruthHealth } from '../health/truth-health.js';
import type { PolicyMaker, PolicyName } from '../run/policy.js';
import { Postiz } from './postiz.js';
import { Shoutrrr } from './shoutrrr.js';

/** @param debug told of every change of health of `perennial` and why */
export const policiesWith = (debug?: (line: string) => void): Readonly<Record<PolicyName, PolicyMaker>> => ({
  perennial: (stage) => new EnginePublisher(stage, new DetectorHealth(stage, debug)),
  oracle: (stage) => new EnginePublisher(stage, new TruthHealth(stage), true),
  postiz: (stage) => new Postiz(stage),
  shoutrrr: (stage) => new Shoutrrr(stage),
  gatus: (stage) => new EnginePublisher(stage, new GatusHealth(stage)),
  breaker: (stage) => new EnginePublisher(stage, new BreakerHealth(stage)),
});
