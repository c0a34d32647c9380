import { demandedOfBulk, type Finding } from './finding.js';

const ONCE = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'list-unsubscribe'];
/** RFC 5322, 2.1.1. */
const LONGEST_LINE = 998;
/** One reader's address may hold it (RFC 6532): between us and that reader's server, and no reason to write to nobody. */
const BEYOND_ASCII = /[^\x20-\x7e\t]/;

/** What is wrong with the headers of a message as it would leave. */
export const headerFindings = (raw: string, recipients: number): readonly Finding[] => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  const fields = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  const blocking = (message: string): Finding => ({ check: 'headers', level: 'blocking', message });
  const findings = ONCE.filter((name) => fields.filter(([found]) => found === name).length !== 1).map((name) =>
    blocking(`The header ${name} must be there exactly once.`),
  );
  const isLong = head.split('\r\n').some((line) => line.length > LONGEST_LINE);
  if (isLong || fields.some(([name, value]) => name !== 'to' && BEYOND_ASCII.test(value)))
    findings.push(blocking('A header line is longer than 998 characters or holds something else than ASCII.'));
  return [...findings, ...unsubscribeFindings(new Map(fields), recipients)];
};

/** RFC 8058: one click works over https only; Gmail and Yahoo demand it of bulk senders. */
const unsubscribeFindings = (fields: ReadonlyMap<string, string>, recipients: number): readonly Finding[] => {
  const ways = fields.get('list-unsubscribe') ?? '';
  const isOneClick = /<https:[^>]+>/.test(ways) && fields.get('list-unsubscribe-post') === 'List-Unsubscribe=One-Click';
  const findings: Finding[] = [];
  if (!isOneClick)
    findings.push({
      check: 'headers',
      level: demandedOfBulk(recipients),
      message: 'Readers cannot leave by one click: PUBLIC_URL must begin with https://.',
    });
  if (!/<mailto:[^>]+>/.test(ways))
    findings.push({ check: 'headers', level: 'warning', message: 'Readers cannot leave by mail.' });
  return findings;
};
