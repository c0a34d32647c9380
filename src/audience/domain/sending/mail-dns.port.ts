/** What the domain name system says about domains of mail. */
export abstract class MailDns {
  /** TXT records, each joined; none: []. @returns undefined when the name servers did not answer in time */
  abstract txt(name: string): Promise<readonly string[] | undefined>;
  /** The registered domain a name belongs to: `mail.studio.co.uk` to `studio.co.uk`; itself when there is none. */
  abstract organisationOf(name: string): Promise<string>;
}
