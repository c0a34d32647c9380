import { parentPort } from 'node:worker_threads';
import { DomainError } from '../../../kernel/domain-error.js';
import type { BuiltMessage, MessageOrder } from '../../domain/sending/message-builder.port.js';
import { MessageWriter } from './message-writer.js';
import { mjmlAsHtml } from './mjml-content.js';

/** What the main thread asks. */
export type Task = { readonly order: MessageOrder } | { readonly mjml: string };
export type Question = Task & { readonly id: number };

/** What it is told. */
export type Answer = { readonly id: number } & (
  | { readonly built: readonly BuiltMessage[] }
  | { readonly html: string }
  | { readonly refused: { readonly faults: readonly string[] } }
);

const writer = new MessageWriter();

const answer = async (question: Question): Promise<Answer> => {
  const { id } = question;
  if ('order' in question) return { id, built: writer.write(question.order).map(ownBytes) };
  try {
    return { id, html: await mjmlAsHtml(question.mjml) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { id, refused: { faults: error.violations.map(({ message }) => message) } };
  }
};

/** A small Buffer is a piece of a shared pool; only memory of its own can be handed over. */
const ownBytes = (message: BuiltMessage): BuiltMessage =>
  'raw' in message ? { ...message, raw: new Uint8Array(message.raw) } : message;

const memoryOf = (given: Answer): ArrayBuffer[] =>
  'built' in given
    ? given.built.flatMap((message) => ('raw' in message ? [message.raw.buffer as ArrayBuffer] : []))
    : [];

parentPort?.on('message', (question: Question) => {
  void answer(question).then((given) => parentPort?.postMessage(given, memoryOf(given)));
});
