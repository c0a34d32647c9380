import { z } from 'zod';
import { classifyReply } from '../../../domain/bounces/classify-reply.js';
import type { DeliveryClass } from '../../../domain/bounces/delivery-class.js';
import { bracketed, type MailEvent } from '../../../domain/bounces/mail-events.js';
import { readHookJson } from './hook-json.js';

const mail = z.object({
  source: z.string().optional(),
  commonHeaders: z.object({ messageId: z.string().optional() }).optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
const bounce = z.object({
  bounceType: z.string(),
  bounceSubType: z.string().default(''),
  feedbackId: z.string().min(1).max(200),
  bouncedRecipients: z
    .array(z.object({ status: z.string().optional(), diagnosticCode: z.string().optional() }))
    .default([]),
});
const complaint = z.object({ feedbackId: z.string().min(1).max(200), complaintFeedbackType: z.string().optional() });
const notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail,
  bounce: bounce.optional(),
  complaint: complaint.optional(),
});

/** SES's own words (AWS, "Amazon SNS notification contents for SES", read 2026-11), where the server's say nothing. */
const SUB_TYPES: Readonly<Record<string, DeliveryClass>> = {
  NoEmail: 'hard-address',
  MailboxFull: 'mailbox-full',
  MessageTooLarge: 'content',
  ContentRejected: 'content',
  AttachmentRejected: 'content',
};
/** SES did not try: it remembers a bounce, perhaps of somebody else's mail. */
const NOT_TRIED = ['Suppressed', 'OnAccountSuppressionList'];

/**
 * The events in one notification of SES; of a kind that we have no use for: none.
 * @throws DomainError `mail_hook.malformed`
 */
export const sesEventsOf = (text: string): readonly MailEvent[] => {
  // Configuration sets greet a new topic with a sentence.
  if (!text.trimStart().startsWith('{')) return [];
  const told = readHookJson('ses', text, notification);
  const ids = [
    told.mail.commonHeaders?.messageId,
    ...(told.mail.headers ?? []).filter(({ name }) => /^message-id$/i.test(name)).map(({ value }) => value),
  ];
  const about = {
    returnPaths: told.mail.source === undefined ? [] : [told.mail.source],
    messageIds: [...new Set(ids.flatMap((id) => (id === undefined ? [] : [bracketed(id)])))],
  };
  const type = told.notificationType ?? told.eventType;
  if (type === 'Bounce' && told.bounce) return bounceEvent(told.bounce, about);
  return type === 'Complaint' && told.complaint ? complaintEvent(told.complaint, about) : [];
};

type About = Pick<MailEvent, 'returnPaths' | 'messageIds'>;

const bounceEvent = (told: z.infer<typeof bounce>, about: About): readonly MailEvent[] => {
  if (NOT_TRIED.includes(told.bounceSubType)) return [];
  const { status, diagnosticCode = '' } = told.bouncedRecipients[0] ?? {};
  const byWords = classifyReply(undefined, status, diagnosticCode);
  const fallback = SUB_TYPES[told.bounceSubType] ?? (told.bounceType === 'Transient' ? 'transient' : 'unknown');
  const evidence = [told.bounceType, told.bounceSubType, diagnosticCode || status].filter(Boolean).join(' ');
  const deliveryClass = byWords === 'unknown' ? fallback : byWords;
  return [{ ...about, kind: 'bounce', deliveryClass, isFinal: true, evidence, key: told.feedbackId }];
};

const complaintEvent = (told: z.infer<typeof complaint>, about: About): readonly MailEvent[] =>
  // A person took it out of the spam folder.
  told.complaintFeedbackType === 'not-spam'
    ? []
    : [
        {
          ...about,
          kind: 'complaint',
          deliveryClass: null,
          isFinal: true,
          evidence: `Complaint ${told.complaintFeedbackType ?? ''}`.trim(),
          key: told.feedbackId,
        },
      ];
