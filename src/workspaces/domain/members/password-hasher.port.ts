/** Slow on purpose, so that a stolen table of hashes is worth little. */
export abstract class PasswordHasher {
  /** @throws DomainError `sign_in.busy` when too many wait already */
  abstract hash(password: string): Promise<string>;
  /**
   * Takes the same time whether there is a hash or not, so that nobody learns who has an account.
   * @param stored undefined: there is no such person
   * @returns `isOutdated`: it is right, and its hash should be made again at the present cost
   * @throws DomainError `sign_in.busy`
   */
  abstract verify(
    password: string,
    stored: string | undefined,
  ): Promise<{ readonly isRight: boolean; readonly isOutdated: boolean }>;
}
