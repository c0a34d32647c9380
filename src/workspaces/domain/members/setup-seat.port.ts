/** Of several processes of a new installation one prints the set-up link: a second would kill the first one's. */
export abstract class SetupSeat {
  /** @returns false while another living process has it; it is free again when that process ends */
  abstract take(): Promise<boolean>;
  /** There is nothing to set up any more. */
  abstract leave(): Promise<void>;
}
