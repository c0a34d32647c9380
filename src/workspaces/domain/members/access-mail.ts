/** A mail that is to be written: the link in it is made now, and replaces an older one. */
export type MailDue =
  | {
      readonly kind: 'invite';
      readonly id: string;
      readonly email: string;
      readonly workspaceName: string;
      readonly role: string;
      readonly expiresAt: Date;
      readonly tries: number;
    }
  | {
      readonly kind: 'reset';
      readonly id: string;
      readonly email: string;
      readonly expiresAt: Date;
      readonly tries: number;
    };

/** What goes round a link. */
export interface AccessMailParts {
  readonly due: MailDue;
  /** The secret of the link. */
  readonly token: string;
  /** Address under which the outside reaches us, without a trailing slash. */
  readonly publicUrl: string;
  readonly from: string;
}

export type AccessMail = ReturnType<typeof accessMail>;

/**
 * The mail with the link of an invitation or a new password. The secret stands behind `#`: browsers send it to no server,
 * so it is in no log and no `Referer`.
 */
export const accessMail = ({ due, token, publicUrl, from }: AccessMailParts) => {
  const path = due.kind === 'invite' ? 'join' : 'new-password';
  const until = `${due.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    from,
    to: due.email,
    subject: due.kind === 'invite' ? `Join ${oneLine(due.workspaceName)} on Perennial` : 'Set a new Perennial password',
    text: [
      ...wordsOf(due),
      `${publicUrl}/${path}#${token}`,
      `The link works once, until ${until}. If you did not expect this mail, you need not do anything.\n`,
    ].join('\n\n'),
    messageId: `<${due.kind}.${due.id}.${due.tries}@${new URL(publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
};

const wordsOf = (due: MailDue): readonly string[] =>
  due.kind === 'invite'
    ? [`You are invited to the workspace "${oneLine(due.workspaceName)}" as ${due.role}.`, 'Open this link to join it:']
    : ['Somebody, we hope you, asked for a new password.', 'Open this link to set it; your other sessions end then:'];

/** Line breaks and other control characters become spaces: they would end a header. */
const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 100);
