// The yardstick: nodemailer's own pool, building its own MIME, unsigned, without a ledger. Arguments: url, count.
import { createTransport } from 'nodemailer';
import { NOTICE } from '../mail/people.ts';

const CONNECTIONS = 10;
/** Messages waiting in the pool at once; more would only be memory. */
const QUEUED = 200;

const [url = '', count = '0'] = process.argv.slice(2);
const filled = (text: string): string =>
  text
    .replace(/\{% for number in \(1\.\.6\) %\}([\s\S]*?)\{% endfor %\}/g, (_all, part: string) =>
      [1, 2, 3, 4, 5, 6].map((number) => part.replaceAll('{{ number }}', String(number))).join(''),
    )
    .replaceAll('{{ subscriber.attributes.name }}', 'Reader 1')
    .replaceAll('{{ workspace.name }}', 'Studio')
    .replaceAll('{{ unsubscribeUrl }}', `https://mail.studio.example/unsubscribe/${'a'.repeat(64)}`);
const [subject, text, html] = [NOTICE.subject, NOTICE.bodyText, NOTICE.bodyHtml].map(filled);

const pool = createTransport({ url, pool: true, maxConnections: CONNECTIONS, maxMessages: Infinity } as object);
const total = Number(count);
let next = 0;
const lane = async (): Promise<void> => {
  for (let number = (next += 1); number <= total; number = next += 1)
    await pool.sendMail({
      from: 'Studio <news@studio.example>',
      to: `reader${number}@d${number % 40}.example`,
      subject,
      text,
      html,
      headers: {
        'List-Unsubscribe': '<https://mail.studio.example/unsubscribe/x>, <mailto:news@studio.example>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': '<list.studio.example>',
        'Feedback-ID': 'broadcast:workspace:news:perennial',
      },
    });
};
await Promise.all(Array.from({ length: QUEUED }, lane));
pool.close();
