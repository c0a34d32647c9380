/** Addresses that belong to no platform: they tell whether we ourselves are connected. */
export abstract class NeutralEndpoint {
  /** There is one to ask. */
  abstract readonly isOn: boolean;
  /** Whether any of them answers at all, whatever it says. */
  abstract isReachable(timeoutMs: number): Promise<boolean>;
}
