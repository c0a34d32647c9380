/** Time-based one-time codes: RFC 6238 with SHA-1, six digits, 30 seconds, which every app understands. */
export abstract class TotpCodes {
  /** @returns 160 random bits in base32 */
  abstract newSecret(): string;
  /** What an app reads from a QR code. @param label whose account it is */
  abstract urlOf(secret: string, label: string): string;
  /**
   * The step of 30 seconds that a code belongs to; the ones before and after `now` count too, for clocks that differ.
   * @returns undefined when it is none of the three
   */
  abstract stepOf(secret: string, code: string, now: Date): number | undefined;
}
