import type { RenderedContent } from './template.port.js';
import type { Finding } from './finding.js';

/** Gmail shows no more of a message's HTML than this, and hides the rest behind a link (`resilience.md` D2.5). */
const GMAIL_CLIPS_AT = 102 * 1_024;
const NEARLY = 0.8;
const MANY_LINKS = 100;
/** Less readable text than this beside images looks like a flyer to filters. */
const LITTLE_TEXT = 200;
/** Their targets are hidden, so filters distrust them. */
const SHORTENERS = new Set(['bit.ly', 'tinyurl.com', 'goo.gl', 't.co', 'ow.ly', 'is.gd', 'buff.ly', 'rebrand.ly']);
/** IPv4 as `URL` normalises it, or IPv6 in its brackets. */
const BARE_ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\])$/i;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const TEXT_URL = /\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+/gi;

/** What is wrong with what readers would see. @param ownOrigin our own public address, which may be plain http */
export const contentFindings = (content: RenderedContent, ownOrigin: string): readonly Finding[] => [
  ...textFindings(content),
  ...sizeFindings(content),
  ...linkFindings(content, ownOrigin),
  ...imageFindings(content),
];

const textFindings = ({ subject, text }: RenderedContent): readonly Finding[] => {
  const findings: Finding[] = [];
  if (subject.trim() === '')
    findings.push({ check: 'text', level: 'blocking', field: 'subject', message: 'The subject is empty. Write one.' });
  if (text.trim() === '')
    findings.push({
      check: 'text',
      level: 'blocking',
      field: 'bodyText',
      message: 'The text part is empty for a reader. Say there what the HTML says.',
    });
  return findings;
};

const sizeFindings = ({ html = '' }: RenderedContent): readonly Finding[] => {
  const bytes = Buffer.byteLength(html);
  if (bytes <= GMAIL_CLIPS_AT * NEARLY) return [];
  const kilobytes = Math.ceil(bytes / 1_024);
  const isClipped = bytes > GMAIL_CLIPS_AT;
  const message = isClipped
    ? `The HTML is ${kilobytes} kB; Gmail cuts it at 102 kB and hides the unsubscribe link. Make it shorter.`
    : `The HTML is ${kilobytes} kB, close to the 102 kB at which Gmail cuts it.`;
  return [{ check: 'size', level: isClipped ? 'blocking' : 'warning', field: 'bodyHtml', message }];
};

const linkFindings = ({ text, html = '' }: RenderedContent, ownOrigin: string): readonly Finding[] => {
  const inHtml = [...html.matchAll(HREF)].map(([, a, b, c]) => decoded(a ?? b ?? c ?? ''));
  const inText = text.match(TEXT_URL) ?? [];
  const findings: Finding[] = [];
  for (const link of new Set(inText)) findings.push(...findingsOf(link, 'bodyText', ownOrigin));
  for (const link of new Set(inHtml)) findings.push(...findingsOf(link, 'bodyHtml', ownOrigin));
  if (inHtml.length > MANY_LINKS)
    findings.push({
      check: 'links',
      level: 'warning',
      field: 'bodyHtml',
      message: `${inHtml.length} links in one mail look like spam to filters. Keep the important ones.`,
    });
  return findings;
};

const findingsOf = (link: string, field: 'bodyText' | 'bodyHtml', ownOrigin: string): readonly Finding[] => {
  const found = (level: Finding['level'], why: string): readonly Finding[] => [
    { check: 'links', level, field, message: `${link.slice(0, 200)}: ${why}` },
  ];
  if (link.startsWith('mailto:') || link.startsWith('#') || link.startsWith('tel:')) return [];
  if (!URL.canParse(link)) return found('blocking', 'this is no whole address. Begin it with https://.');
  const url = new URL(link);
  if (url.origin === new URL(ownOrigin).origin) return [];
  if (/^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) return found('warning', 'only this machine can open it.');
  if (BARE_ADDRESS.test(url.hostname))
    return found('blocking', 'a link to a bare address is taken for fraud. Use a domain.');
  if (url.protocol !== 'https:') return found('blocking', 'only https links are safe for readers.');
  if (SHORTENERS.has(url.hostname)) return found('warning', 'filters distrust shortened links. Use the whole address.');
  return [];
};

const imageFindings = ({ html = '' }: RenderedContent): readonly Finding[] => {
  const images = html.match(/<img\b/gi)?.length ?? 0;
  const words = html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^>]*>/g, '')
    .trim();
  if (images === 0 || words.length >= LITTLE_TEXT) return [];
  const message = 'Almost everything is an image; many readers see none. Say it in text too.';
  return [{ check: 'images', level: 'warning', field: 'bodyHtml', message }];
};

const decoded = (attribute: string): string => attribute.replaceAll('&amp;', '&').trim();
