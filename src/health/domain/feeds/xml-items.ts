import { storable } from '../../../kernel/storable.js';

/** One entry of an RSS or Atom document, as plain text. */
export interface XmlItem {
  /** `guid` or `id`; the link or the title where there is none. */
  readonly id: string;
  readonly title: string;
  /** Mark-up taken out. */
  readonly text: string;
  /** `updated`, else `pubDate`, `published` or `dc:date`. */
  readonly at?: Date;
  readonly link?: string;
}

/** More items than this say nothing more. */
const MAX_ITEMS = 200;
const MAX_TEXT = 4_000;
const MAX_LINE = 1_000;

/**
 * The items of an RSS 2.0, RSS 1.0 or Atom document; undefined when it is none of them. Reads what is there without
 * a parser of all of XML: no entity is ever expanded but the five of XML and numbers, nothing is fetched, and the time
 * is linear in the length.
 */
export const xmlItems = (body: string): readonly XmlItem[] | undefined => {
  const head = body.slice(0, 2_000);
  if (!/<(?:rss|feed|rdf:RDF)[\s>]/.test(head)) return undefined;
  const tag = /<feed[\s>]/.test(head) ? 'entry' : 'item';
  return elementsOf(body, tag, MAX_ITEMS).map(toItem);
};

const toItem = (element: string): XmlItem => {
  const first = (...names: string[]) => names.map((name) => textIn(element, name)).find((text) => text !== '') ?? '';
  const title = storable(plain(first('title')), MAX_LINE);
  const link = first('link') || (/<link[^>]{0,500}?href="([^"]{1,2000})"/.exec(element)?.[1] ?? '');
  const text = plain(first('description', 'content', 'summary', 'content:encoded'));
  const atMs = Date.parse(first('updated', 'pubDate', 'published', 'dc:date'));
  return {
    id: storable(first('guid', 'id') || link || title, MAX_LINE),
    title,
    text: storable(text, MAX_TEXT),
    ...(Number.isNaN(atMs) ? {} : { at: new Date(atMs) }),
    ...(link === '' ? {} : { link: storable(decoded(link), MAX_LINE) }),
  };
};

/** Contents of the elements of this name, in order. */
const elementsOf = (xml: string, name: string, most: number): string[] => {
  const found: string[] = [];
  let from = 0;
  while (found.length < most) {
    const opened = openingAt(xml, name, from);
    if (!opened) break;
    if (opened.isEmpty) {
      from = opened.end;
      continue;
    }
    const closedAt = xml.indexOf(`</${name}>`, opened.end);
    if (closedAt < 0) break;
    found.push(xml.slice(opened.end, closedAt));
    from = closedAt + name.length + 3;
  }
  return found;
};

const openingAt = (xml: string, name: string, from: number): { end: number; isEmpty: boolean } | undefined => {
  for (let at = xml.indexOf(`<${name}`, from); at >= 0; at = xml.indexOf(`<${name}`, at + 1)) {
    if (!/[\s/>]/.test(xml[at + name.length + 1] ?? '')) continue;
    const end = xml.indexOf('>', at);
    if (end < 0) return undefined;
    return { end: end + 1, isEmpty: xml[end - 1] === '/' };
  }
  return undefined;
};

const textIn = (element: string, name: string): string => {
  const [raw = ''] = elementsOf(element, name, 1);
  const trimmed = raw.trim();
  if (trimmed.startsWith('<![CDATA['))
    return trimmed
      .slice(9)
      .replace(/\]\]>$/, '')
      .trim();
  return decoded(trimmed);
};

const plain = (text: string): string =>
  decoded(text.replaceAll(/<[^<>]{0,2000}>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
  });
