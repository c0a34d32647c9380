/** What the listener answers, with the code that tells the other side whether to come back (RFC 5321, RFC 3463). */
const REFUSALS = {
  not_ours: [550, '5.1.1 No such mailbox here: only return paths of our own mail, for 30 days, and unsubscribe+token'],
  too_many_recipients: [452, '4.5.3 Too many recipients: send the rest in another mail'],
  too_many_mails: [450, '4.7.0 Too many mails from your address: try again in a minute'],
  too_large: [552, '5.3.4 Larger than 10 MB: return the headers alone'],
  not_now: [451, '4.3.0 It could not be stored: try again later'],
} as const;

export type SmtpRefusal = keyof typeof REFUSALS;

export const smtpRefusal = (name: SmtpRefusal): Error => {
  const [responseCode, text] = REFUSALS[name];
  return Object.assign(new Error(text), { responseCode });
};
