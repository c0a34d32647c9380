/**
 * Makes runs ahead of time: of queues, of recurring posts. Called by one process of the cluster at a time and, for one
 * thing, on demand; both at once must plan nothing twice.
 */
export abstract class HorizonPlanner {
  /**
   * Plans everything from now on and before `until` that is not planned yet; asked again, nothing.
   * @returns how many runs were made
   */
  abstract plan(until: Date): Promise<number>;
}

/** Token of the list of all planners. */
export const HORIZON_PLANNERS = Symbol('HORIZON_PLANNERS');
