/** Keeps the wake-up jobs in step with the targets, which are the truth. */
export abstract class WakeUpFeed {
  /** Sends the wake-ups of everything due within the horizon; sending twice is harmless. @returns how many */
  abstract feed(): Promise<number>;
  /** Sends wake-ups again for due targets that nobody holds; finds none in a healthy system. @returns how many */
  abstract resendOverdue(): Promise<number>;
  /** The same for named targets, at once. */
  abstract resend(targetIds: readonly string[]): Promise<void>;
}
