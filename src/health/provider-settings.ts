import type { ProviderLimits } from './domain/providers/provider-detector.js';

/** What the health of our own providers takes from the configuration. */
export class ProviderSettings {
  constructor(readonly limits: ProviderLimits) {}
}
