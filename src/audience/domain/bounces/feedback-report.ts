import type { InboundFinding } from './inbound-finding.js';
import { addressOf } from './delivery-status.js';
import { partOfType } from './inbound-message.js';
import { headerOf, type MimePart, readHeaders } from './mime-part.js';

/** RFC 5965 7.3 and RFC 6430: reports that praise us, or are about authentication, are no complaint of a person. */
const NO_COMPLAINT = ['not-spam', 'auth-failure', 'dmarc'];

/**
 * A person pressed "spam": an abuse report (RFC 5965), or the copy that Microsoft's JMRP sends instead, known by a
 * header of its own.
 * @returns undefined when the message is neither
 */
export const readFeedback = (message: MimePart): InboundFinding | undefined => {
  const report = partOfType(message, 'message/feedback-report');
  if (!report) return readJunkReport(message);
  const fields = readHeaders(report.body.slice(0, 65_536).replace(/^\n+/, ''));
  const feedbackType = fields.get('feedback-type')?.[0]?.toLowerCase().slice(0, 40) ?? 'abuse';
  if (NO_COMPLAINT.includes(feedbackType)) return { kind: 'other' };
  const recipient = addressOf(fields.get('original-rcpt-to')?.[0]);
  return complaint(feedbackType, fields.get('user-agent')?.[0] ?? 'feedback report', recipient);
};

const readJunkReport = (message: MimePart): InboundFinding | undefined => {
  const original = partOfType(message, 'message/rfc822');
  const recipient =
    headerOf(message, 'x-hmxmroriginalrecipient') ??
    (original && readHeaders(original.body.slice(0, 65_536)).get('x-hmxmroriginalrecipient')?.[0]);
  return recipient === undefined ? undefined : complaint('abuse', 'JMRP', addressOf(recipient));
};

const complaint = (feedbackType: string, by: string, recipient: string | undefined): InboundFinding => ({
  kind: 'complaint',
  feedbackType,
  evidence: `${feedbackType} by ${by}`,
  ...(recipient === undefined ? {} : { recipient }),
});
