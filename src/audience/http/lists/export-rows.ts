import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { AccessRecord, SubscriberWithHistory } from '../../application/lists/export-list.js';
import type { ConsentLine } from '../../domain/lists/consent-ledger.port.js';
import type { ExportedSubscriber } from '../../domain/lists/subscriber-export.port.js';

export const SUBSCRIBER_HEADER = [
  ...['id', 'email', 'phone', 'status', 'phoneStatus', 'accepts', 'language', 'zone', 'tags', 'attributes'],
  ...['createdAt', 'confirmedAt'],
];

const textOf = (value: string | null): string => value ?? '';

export const subscriberCells = (one: ExportedSubscriber): string[] => [
  ...[one.id, textOf(one.email), textOf(one.phone), one.status, textOf(one.phoneStatus), one.accepts.join(';')],
  ...[textOf(one.language), textOf(one.zone), one.tags.join(';'), JSON.stringify(one.attributes)],
  ...[one.createdAt.toISOString(), one.confirmedAt?.toISOString() ?? ''],
];

export async function* subscriberRows(
  pages: AsyncIterable<readonly ExportedSubscriber[]>,
): AsyncIterable<readonly string[]> {
  for await (const page of pages) for (const one of page) yield subscriberCells(one);
}

export const CONSENT_HEADER = [
  ...['subscriberId', 'at', 'purpose', 'action', 'source', 'text', 'textVersion', 'language', 'evidence'],
  ...['ip', 'userAgent', 'hash'],
];

export const consentCells = (line: ConsentLine): string[] => [
  ...[line.subscriberId, line.at.toISOString(), line.purpose, line.action, line.source, line.text, line.textVersion],
  ...[line.language, line.evidence ?? '', line.ip ?? '', line.userAgent ?? '', line.hash.toString('hex')],
];

export async function* consentRows(pages: AsyncIterable<readonly ConsentLine[]>): AsyncIterable<readonly string[]> {
  for await (const page of pages) for (const line of page) yield consentCells(line);
}

const withoutNulls = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));

const consentJson = ({ previousHash: _, hash, ...line }: ConsentLine): object => ({
  ...line,
  hash: hash.toString('hex'),
});

export const personJson = ({ subscriber, consent }: SubscriberWithHistory): object => ({
  ...withoutNulls(subscriber),
  consent: consent.map(consentJson),
});

export const accessJson = ({ suppressions, messages, isChainIntact, ...person }: AccessRecord): object => ({
  ...personJson(person),
  consentChainIntact: isChainIntact,
  messages,
  suppressions: suppressions.map(({ channel, reason, at }) => ({ channel, reason, at })),
});

/** One record as rows of field and value, for people who open files with a spreadsheet. */
export async function* accessRows(record: AccessRecord): AsyncIterable<readonly string[]> {
  const { subscriber, consent, messages, suppressions } = record;
  const cells = subscriberCells(subscriber);
  for (const [index, name] of SUBSCRIBER_HEADER.entries()) yield ['profile', name, cells[index] ?? ''];
  for (const line of consent)
    for (const [index, name] of CONSENT_HEADER.entries()) yield ['consent', name, consentCells(line)[index] ?? ''];
  for (const { subject, kind, channel, state, at } of messages)
    yield ['message', `${channel} ${kind} ${state} ${at.toISOString()}`, subject];
  for (const { channel, reason, at } of suppressions) yield ['suppression', channel, `${reason} ${at.toISOString()}`];
}

export const ACCESS_HEADER = ['part', 'field', 'value'];

/** Streams an array of JSON as a file to save. A fault in the middle cuts the connection: half must not look whole. */
export const sendJsonArray = async (
  response: Response,
  fileName: string,
  items: AsyncIterable<object>,
): Promise<void> => {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Cache-Control', 'no-store');
  await pipeline(Readable.from(written(items)), response).catch((error: unknown) => {
    if (!response.headersSent) throw error;
    response.destroy();
  });
};

async function* written(items: AsyncIterable<object>): AsyncIterable<string> {
  let before = '[\n';
  for await (const item of items) {
    yield before + JSON.stringify(item);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
