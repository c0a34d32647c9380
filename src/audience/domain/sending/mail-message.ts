import type { WorkspaceId } from '../../../kernel/ids.js';
import { unsubscribeMailboxOf } from '../bounces/return-path.js';
import type { BroadcastKind } from './broadcast.js';
import type { Mail } from './mailer.port.js';
import { addressIn, confirmUrl, type MailIdentity, unsubscribeUrl } from './mail-identity.js';
import type { RenderedContent } from './template.port.js';

/** What a broadcast's mail is made of. */
export interface BroadcastMailParts {
  readonly identity: MailIdentity;
  readonly broadcast: { readonly id: string; readonly kind: BroadcastKind; readonly isAutomatic: boolean };
  readonly workspace: { readonly id: WorkspaceId; readonly name: string };
  readonly recipient: { readonly email: string; readonly messageId: string; readonly unsubscribeToken: string };
  readonly content: RenderedContent;
}

/**
 * One broadcast's mail to one person: unsubscribe by RFC 2369 and RFC 8058, List-Id by RFC 2919, Auto-Submitted by
 * RFC 3834 when no person sent it, Feedback-ID as Google Postmaster Tools reads it (campaign, customer, type, sender).
 */
export const broadcastMail = (parts: BroadcastMailParts): Mail => {
  const { identity, broadcast, workspace, recipient, content } = parts;
  const url = unsubscribeUrl(identity, recipient.unsubscribeToken);
  const byMail = unsubscribeMailto(identity, recipient.unsubscribeToken);
  return {
    from: identity.from,
    to: recipient.email,
    subject: content.subject,
    text: content.text.includes(url) ? content.text : `${content.text}\n\n--\nUnsubscribe: ${url}\n`,
    ...(content.html === undefined ? {} : { html: withFooter(content.html, url) }),
    messageId: recipient.messageId,
    headers: {
      'List-Unsubscribe': `<${url}>, <${byMail}>`,
      // RFC 8058, 3.1: one click is promised for https alone.
      ...(url.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      'List-Id': `<${workspace.id}.backup.${identity.domain}>`,
      'Feedback-ID': `${broadcast.id}:${workspace.id}:${broadcast.kind}:perennial`,
      ...(broadcast.isAutomatic ? { 'Auto-Submitted': 'auto-generated' } : {}),
    },
  };
};

/** RFC 2369: to the mailbox that reads it by itself, else to the sender's own. */
const unsubscribeMailto = ({ from, bounceDomain }: MailIdentity, token: string): string =>
  bounceDomain === undefined
    ? `mailto:${addressIn(from)}?subject=unsubscribe%20${token}`
    : `mailto:${unsubscribeMailboxOf(token, bounceDomain)}`;

const withFooter = (html: string, url: string): string =>
  html.includes(url) ? html : `${html}\n<p><a href="${url}">Unsubscribe</a></p>\n`;

/** The mail that asks a person whether they want to be on the list. */
export const confirmationMail = (parts: {
  readonly identity: MailIdentity;
  readonly workspaceName: string;
  readonly email: string;
  readonly token: string;
  readonly subscriberId: string;
  readonly number: number;
}): Mail => {
  const { identity, workspaceName, email, token, subscriberId, number } = parts;
  const name = oneLine(workspaceName);
  return {
    from: identity.from,
    to: email,
    subject: `Please confirm: mail from ${name}`,
    text: [
      `Someone, hopefully you, asked for mail from ${name}.`,
      `Open this page and press the button to confirm. The link works for 7 days.`,
      confirmUrl(identity, token),
      `If it was not you, do nothing and you will hear no more of it.\n`,
    ].join('\n\n'),
    messageId: `<confirm.${subscriberId}.${number}@${identity.domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
};

/** Line breaks and other control characters become spaces: they would end a header. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
