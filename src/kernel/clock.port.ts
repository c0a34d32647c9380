/** The one source of "now". Production follows the database's clock; tests and the replay bring their own. */
export abstract class Clock {
  /** The current instant, UTC. */
  abstract now(): Date;
}
