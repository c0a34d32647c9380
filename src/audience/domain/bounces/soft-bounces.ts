/** How often mail to one person failed in a way that may pass. */
export interface SoftBounces {
  readonly bounces: number;
  /** Over how many broadcasts. */
  readonly broadcasts: number;
}
