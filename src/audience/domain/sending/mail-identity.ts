/** As whom we write. */
export interface MailIdentity {
  /** Address or `Name <address>`. */
  readonly from: string;
  /** Domain of `from`; part of Message-ID and List-Id. */
  readonly domain: string;
  /** Where confirm and unsubscribe links point; no trailing slash. */
  readonly publicUrl: string;
  /** Where bounces and mails that unsubscribe come back to us; absent: to the sender's own mailbox. */
  readonly bounceDomain?: string;
}

/** The bare address in `Name <address>` or `address`. */
export const addressIn = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();

export const mailIdentity = (from: string, publicUrl: string): MailIdentity => {
  const address = addressIn(from);
  return { from, domain: address.slice(address.lastIndexOf('@') + 1) || 'localhost', publicUrl };
};

export const unsubscribeUrl = (identity: MailIdentity, token: string): string =>
  `${identity.publicUrl}/unsubscribe/${token}`;

export const confirmUrl = (identity: MailIdentity, token: string): string => `${identity.publicUrl}/confirm/${token}`;
