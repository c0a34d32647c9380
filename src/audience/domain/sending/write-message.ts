import type { Mail } from './mailer.port.js';
import { type DkimKey, dkimSignature } from './dkim.js';
import { encodedMailbox, encodedText, type Header, header } from './header-text.js';
import { mimeBody } from './mime-body.js';

const CRLF = '\r\n';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A mail as it goes over the wire, signed when there is a key.
 * @throws DomainError `mail.header_break`
 */
export const writeMessage = (mail: Mail, at: Date, key?: DkimKey): Buffer => {
  const { headers: bodyHeaders, body } = mimeBody(mail.text, mail.html, mail.messageId);
  const headers: readonly Header[] = [
    header('From', encodedMailbox(mail.from)),
    header('To', encodedMailbox(mail.to)),
    header('Subject', encodedText(mail.subject)),
    header('Date', mailDate(at)),
    header('Message-ID', mail.messageId),
    ...Object.entries(mail.headers).map(([name, value]) => header(name, value)),
    header('MIME-Version', '1.0'),
    ...bodyHeaders,
  ];
  const signed = key ? [dkimSignature({ headers, body }, key, at), ...headers] : headers;
  const head = signed.map(([name, value]) => `${name}: ${value}${CRLF}`).join('');
  return Buffer.from(`${head}${CRLF}${body}`);
};

/** RFC 5322, 3.3, in UTC. */
const mailDate = (at: Date): string => {
  const iso = at.toISOString();
  const month = MONTHS[at.getUTCMonth()];
  return `${DAYS[at.getUTCDay()]}, ${iso.slice(8, 10)} ${month} ${iso.slice(0, 4)} ${iso.slice(11, 19)} +0000`;
};
