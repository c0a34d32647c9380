/** What of the configuration concerns mail that comes back. */
export class BounceSettings {
  /**
   * @param secret 32 bytes (`SecretBox.derivedKey('return-path')`): signs return paths
   * @param domain whose mail reaches us; undefined: envelopes keep the sender's own address
   */
  constructor(
    readonly secret: Buffer,
    readonly domain: string | undefined,
  ) {}
}
