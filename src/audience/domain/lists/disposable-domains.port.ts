/** Tells mailboxes that live for minutes. */
export abstract class DisposableDomains {
  /** @param email a normalised address */
  abstract isDisposable(email: string): boolean;
}
