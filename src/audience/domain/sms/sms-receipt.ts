/** What a provider says of a text after it took it, in the order in which it can happen. */
export const SMS_RECEIPTS = ['queued', 'sending', 'sent', 'undelivered', 'failed', 'delivered'] as const;
export type SmsReceiptState = (typeof SMS_RECEIPTS)[number];

/** Twilio's `MessageStatus`; what comes before the carrier has it is one to us. */
const STATES: Readonly<Record<string, SmsReceiptState>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'sending',
  sent: 'sent',
  undelivered: 'undelivered',
  failed: 'failed',
  delivered: 'delivered',
  read: 'delivered',
};

export const receiptState = (status: string): SmsReceiptState | undefined => STATES[status];

/** Receipts come late, twice and in any order: only one that says more than the last changes anything. */
export const saysMore = (known: SmsReceiptState | null, next: SmsReceiptState): boolean =>
  known === null || SMS_RECEIPTS.indexOf(next) > SMS_RECEIPTS.indexOf(known);

/**
 * Carriers' words for a number that can never be texted: a landline, or one that does not exist.
 * Source: https://www.twilio.com/docs/api/errors (21211, 21614, 30006), read 2026-11. 30005 ("unknown destination
 * handset") is not among them: a phone that is switched off gets it too.
 */
const DEAD_NUMBER = new Set(['21211', '21614', '30006']);

export const meansDeadNumber = (code: string | undefined): boolean => code !== undefined && DEAD_NUMBER.has(code);
