import { classifyReply } from './classify-reply.js';
import { type DeliveryClass, isHard } from './delivery-class.js';
import { textOf } from './decoded-text.js';
import { readDeliveryStatus, type RecipientStatus } from './delivery-status.js';
import { readFeedback } from './feedback-report.js';
import type { InboundFinding, InboundReading } from './inbound-finding.js';
import { explanationOf, failedRecipientOf, partOfType, tracesOf } from './inbound-message.js';
import { isAutoReply, isChallenge, isDelayNotice, mailSystemTrust, subjectOf } from './machine-answers.js';
import { headerOf, type MimePart, readMime } from './mime-part.js';

/**
 * Reads any mail. Never throws; reads the first megabyte; time grows with the length.
 * @param envelope RCPT TO of the mail; empty when it was read from a mailbox
 */
export const classifyInbound = (raw: Buffer, envelope: readonly string[] = []): InboundReading => {
  const message = readMime(raw);
  const messageId = headerOf(message, 'message-id');
  return {
    finding: findingOf(message),
    traces: tracesOf(message, envelope),
    ...(messageId === undefined ? {} : { messageId: messageId.slice(0, 250) }),
  };
};

/** From the surest witness to the weakest: reports made for machines, then a machine's answer, then words. */
const findingOf = (message: MimePart): InboundFinding => {
  const feedback = readFeedback(message);
  if (feedback) return feedback;
  const explanation = explanationOf(message);
  const report = partOfType(message, 'message/delivery-status', 'message/global-delivery-status');
  if (report) return statusFinding(readDeliveryStatus(textOf(report)), message, explanation);
  // A read receipt (RFC 8098).
  if (partOfType(message, 'message/disposition-notification')) return { kind: 'other' };
  return machineAnswer(message, explanation) ?? wordsFinding(message, explanation);
};

const machineAnswer = (message: MimePart, explanation: string): InboundFinding | undefined => {
  const isChallenged = isChallenge(message, explanation.replace(/\s+/g, ' ').toLowerCase());
  if (!isChallenged && !isAutoReply(message)) return undefined;
  const deliveryClass = isChallenged ? 'challenge' : 'auto-reply';
  return { kind: 'bounce', deliveryClass, isFinal: false, evidence: subjectOf(message) };
};

/** @param statuses the first that failed speaks for the mail: ours have one recipient */
const statusFinding = (
  statuses: readonly RecipientStatus[],
  message: MimePart,
  explanation: string,
): InboundFinding => {
  const told =
    statuses.find(({ action }) => action === 'failed') ?? statuses.find(({ action }) => action === 'delayed');
  if (!told) return statuses.length > 0 ? { kind: 'other' } : wordsFinding(message, explanation);
  const { status, diagnostic, action } = told;
  const recipient = told.originalRecipient ?? told.finalRecipient ?? failedRecipientOf(message, explanation);
  const isFinal = action === 'failed';
  return {
    kind: 'bounce',
    deliveryClass: soberly(classOf(status, diagnostic, explanation), isFinal),
    isFinal,
    ...(recipient === undefined ? {} : { recipient }),
    evidence: [status, diagnostic ?? explanation].filter(Boolean).join(' '),
  };
};

/** A report that says "failed" and little more has its reason in the words for people. */
const classOf = (status: string | undefined, diagnostic: string | undefined, explanation: string): DeliveryClass => {
  const byReport = classifyReply(undefined, status, diagnostic ?? '');
  if (diagnostic !== undefined && byReport !== 'unknown') return byReport;
  const byWords = classifyReply(undefined, status, explanation);
  return byWords === 'unknown' ? byReport : byWords;
};

const wordsFinding = (message: MimePart, explanation: string): InboundFinding => {
  const trust = mailSystemTrust(message);
  if (trust === 'none') return { kind: 'other' };
  const recipient = failedRecipientOf(message, explanation);
  const isFinal = !isDelayNotice(message);
  const byWords = classifyReply(undefined, undefined, explanation);
  // A subject can be written by anybody: it is not enough to take a person off the list.
  const deliveryClass = trust === 'subject' && isHard(byWords) ? 'unknown' : byWords;
  return {
    kind: 'bounce',
    deliveryClass: soberly(deliveryClass, isFinal),
    isFinal,
    ...(recipient === undefined ? {} : { recipient }),
    evidence: explanation,
  };
};

/** What is still being tried is not over for good. */
const soberly = (deliveryClass: DeliveryClass, isFinal: boolean): DeliveryClass =>
  !isFinal && isHard(deliveryClass) ? 'transient' : deliveryClass;
