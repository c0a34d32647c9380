/** Where reading of a mailbox stands. A server that renumbers its mails changes `validity` (RFC 9051 2.3.1.1). */
export interface MailboxPlace {
  readonly validity: string;
  /** Highest number read; 0: none. */
  readonly uid: number;
}

export interface MailboxMail {
  readonly uid: number;
  /** At most the first megabyte. */
  readonly raw: Buffer;
}

/** The mailbox that bounces and complaints come to, for those who cannot run a mail server of their own. */
export abstract class BounceMailbox {
  /** Names the mailbox without its password; undefined: none is configured. */
  abstract readonly name: string | undefined;
  /**
   * The next mails behind `place`, oldest first; from the first one when the mailbox was renumbered or never read.
   * Changes nothing in the mailbox: mails are neither marked nor moved.
   * @throws Error when the server cannot be read
   */
  abstract after(
    place: MailboxPlace | undefined,
    limit: number,
  ): Promise<{ readonly validity: string; readonly mails: readonly MailboxMail[] }>;
}

/** How far each mailbox was read. */
export abstract class MailboxPlaces {
  abstract get(mailbox: string): Promise<MailboxPlace | undefined>;
  abstract set(mailbox: string, place: MailboxPlace): Promise<void>;
}
