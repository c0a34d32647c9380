/**
 * What became of one message:
 * - `accepted`: the server took responsibility for it (2xx after the final dot)
 * - `refused`: certainly not taken; `route` when the server itself was in trouble, `message` when it judged this one
 * - `unknown`: lost after the body began to leave; the server may have taken it
 */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly reply: string; readonly server: string }
  | {
      readonly kind: 'refused';
      readonly lasting: 'temporary' | 'permanent';
      readonly stage: 'route' | 'message';
      readonly code?: number;
      readonly reply: string;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

/** What nodemailer tells of a failure. */
export interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message: string;
}

const MAX_REPLY = 500;
const JUDGED_AT = ['RCPT TO', 'DATA'];

/**
 * Reads a failure (`platforms.md` 6.3). nodemailer reports a connection lost after DATA with the command `CONN`, so
 * its command proves nothing: whether the body began to leave decides.
 * @param bodyLeft true when at least one byte of the message was taken for sending
 */
export const outcomeOfFailure = (failure: SmtpFailure, bodyLeft: boolean): MailOutcome => {
  const { code, command = '', responseCode } = failure;
  const reply = (failure.response ?? failure.message).slice(0, MAX_REPLY);
  const answersTheBody = code === 'EMESSAGE' && command === 'DATA' && responseCode !== undefined;
  if (bodyLeft && !answersTheBody) return { kind: 'unknown', detail: reply };
  const withCode = responseCode ? { code: responseCode } : {};
  if (JUDGED_AT.includes(command) && responseCode)
    return { kind: 'refused', lasting: lastingOf(responseCode), stage: 'message', ...withCode, reply };
  // Refused by nodemailer or by size before a connection was asked: trying again cannot help.
  if (code === 'EENVELOPE' && command === 'API')
    return { kind: 'refused', lasting: 'permanent', stage: 'message', reply };
  if (code === 'EMESSAGE') return { kind: 'refused', lasting: 'permanent', stage: 'message', ...withCode, reply };
  return { kind: 'refused', lasting: 'temporary', stage: 'route', ...withCode, reply };
};

const lastingOf = (responseCode: number): 'temporary' | 'permanent' =>
  responseCode >= 500 ? 'permanent' : 'temporary';
