import { textOf, withoutTags } from './decoded-text.js';
import { addressOf } from './delivery-status.js';
import { allParts, headerOf, type MimePart, readHeaders } from './mime-part.js';
import { readUnsubscribeMailbox } from './return-path.js';

const MAX_EXPLANATION = 8_000;
const MAX_COPY = 65_536;

/** Where the copy of our mail begins in reports that are plain text; what stands there is ours, not the server's. */
const COPY_BEGINS =
  /^(?:-+ ?(?:below this line is a copy|this is a copy of|original message|the header of the original|message header|returned message|ursprüngliche nachricht|mensaje original|message d'origine|forwarded message)|original message headers:|--- ?original message|-{5,} ?original|>{1,2} ?from:|return-path:|received: from)/im;

/** How our mail can be recognised in what came back; all of it unguessable for strangers. */
export interface Traces {
  /** Addresses that may be a return path of ours. */
  readonly returnPaths: readonly string[];
  /** Message-IDs of the mail that came back, with angle brackets. */
  readonly messageIds: readonly string[];
  /** The mail asks to leave the list: sent to an unsubscribe mailbox, or with our token in its subject. */
  readonly unsubscribeTokens: readonly string[];
}

const RETURNED_TYPES = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
const UNSUBSCRIBE_SUBJECT = /^\s*unsubscribe ([\w-]{16,52})\s*$/i;
const MESSAGE_ID = /<[^<>\s]{3,250}>/;
const ADDRESSES = /[^\s<>,;"()]+@[^\s<>,;"()]+/g;

export const partOfType = (message: MimePart, ...types: readonly string[]): MimePart | undefined =>
  allParts(message).find(({ type }) => types.includes(type));

/** What the server wrote for a person, before the copy of our mail. */
export const explanationOf = (message: MimePart): string => {
  const leaf = partOfType(message, 'text/plain') ?? partOfType(message, 'text/html');
  if (!leaf || leaf.parts.length > 0) return '';
  const text = leaf.type === 'text/html' ? withoutTags(textOf(leaf)) : textOf(leaf);
  const copyAt = text.search(COPY_BEGINS);
  return text.slice(0, Math.min(copyAt < 0 ? MAX_EXPLANATION : copyAt, MAX_EXPLANATION));
};

/** @param envelope whom the mail that came back was addressed to */
export const tracesOf = (message: MimePart, envelope: readonly string[]): Traces => {
  const returned = returnedHeaders(message);
  const feedback = readHeaders(partOfType(message, 'message/feedback-report')?.body.slice(0, MAX_COPY) ?? '');
  const own = (name: string) => message.headers.get(name) ?? [];
  const paths = [
    ...envelope,
    ...own('to'),
    ...own('delivered-to'),
    ...own('x-original-to'),
    ...(returned.get('return-path') ?? []),
    ...(feedback.get('original-mail-from') ?? []),
  ];
  const ids = [...(returned.get('message-id') ?? []), ...own('x-original-message-id'), ...own('in-reply-to')];
  const returnPaths = unique(paths.flatMap((path) => path.slice(0, 4_000).match(ADDRESSES) ?? []));
  const asked = UNSUBSCRIBE_SUBJECT.exec(headerOf(message, 'subject') ?? '')?.[1];
  return {
    returnPaths,
    messageIds: unique(ids.flatMap((id) => MESSAGE_ID.exec(id.slice(0, 1_000))?.[0] ?? [])),
    unsubscribeTokens: unique([
      ...(asked ? [asked] : []),
      ...returnPaths.flatMap((path) => readUnsubscribeMailbox(path) ?? []),
    ]),
  };
};

/** Headers of our own mail, from the part that returns it or from the copy below the explanation. */
const returnedHeaders = (message: MimePart): ReadonlyMap<string, readonly string[]> => {
  const returned = partOfType(message, ...RETURNED_TYPES);
  if (returned) return headersIn(textOf(returned));
  const leaf = partOfType(message, 'text/plain');
  const text = leaf ? textOf(leaf) : '';
  const copyAt = text.search(COPY_BEGINS);
  return copyAt < 0 ? new Map() : headersIn(text.slice(copyAt), true);
};

/** @param loose take every line that looks like a header, also behind empty lines */
const headersIn = (text: string, loose = false): ReadonlyMap<string, readonly string[]> => {
  const block = text.slice(0, MAX_COPY).replace(/\r\n?/g, '\n').replace(/^\n+/, '');
  return readHeaders(loose ? block.replace(/\n{2,}/g, '\n') : (block.split('\n\n', 1)[0] ?? ''));
};

/** Whom a report names outside of its machine-readable part (Exim, and old servers in words). */
export const failedRecipientOf = (message: MimePart, explanation: string): string | undefined =>
  addressOf(headerOf(message, 'x-failed-recipients')?.split(',', 1)[0]) ??
  addressOf(/<([^<>\s]{1,64}@[^<>\s]{1,190})>/.exec(explanation)?.[1]);

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].slice(0, 20);
