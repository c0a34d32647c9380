import type { MailDelivery } from './mailer.port.js';

/**
 * Whom a failed try speaks of. Asked before anybody is blamed: a bad address must not take a server out of use, and a
 * sick server must not make an address look bad (`resilience.md` D2.10).
 * - `nobody`: it went well, or the answer is about this message or person
 * - `receiver`: the receiving domain pushes back on what this server sends
 * - `server`: our server cannot be spoken with
 */
export type Blame = 'nobody' | 'receiver' | 'server';

/** RFC 3463: 4.7.x and 5.7.x are policy, x.4.x the way there, x.3.x the receiving system. */
const ENHANCED = /\b[45]\.(?<subject>\d{1,3})\.\d{1,3}\b/;
const OF_THE_RECEIVER = new Set(['3', '4', '7']);
/** RFC 5321, 4.2.2 and 4.2.3: service closing, mailbox busy, local error, out of storage: without more words, slow down. */
const SLOW_DOWN = [421, 450, 451, 452];

/** A lost answer blames nobody: the message may be there. */
export const blameOf = (delivery: MailDelivery): Blame => {
  if (delivery.kind !== 'refused') return 'nobody';
  if (delivery.stage === 'route') return 'server';
  const subject = ENHANCED.exec(delivery.reply)?.groups?.['subject'];
  if (subject !== undefined) return OF_THE_RECEIVER.has(subject) ? 'receiver' : 'nobody';
  return SLOW_DOWN.includes(delivery.code ?? 0) ? 'receiver' : 'nobody';
};

/** Refused for good because of who sends, not because of who receives: another server may do better. */
export const isPolicyRefusal = (delivery: MailDelivery): boolean =>
  delivery.kind === 'refused' && delivery.lasting === 'permanent' && /\b5\.7\.\d/.test(delivery.reply);
