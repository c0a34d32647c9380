import { DomainError } from '../../../kernel/domain-error.js';
import { DOMAIN_CHECKS, type Finding } from './finding.js';

export const preflightFailed = (blocking: readonly Finding[]) =>
  new DomainError(
    'unprocessable',
    'broadcast.preflight_failed',
    `This broadcast would not arrive as it should. ${blocking[0]?.message ?? ''}${wayRound(blocking)}`,
    {},
    blocking.map(({ check, field, message }) => ({ field: field ?? check, rule: `preflight.${check}`, message })),
  );

const wayRound = (blocking: readonly Finding[]): string => {
  const checks = DOMAIN_CHECKS.filter((name) => blocking.some(({ check }) => check === name));
  if (checks.length === 0) return '';
  return ` To send all the same, repeat the call with "acceptFindings": ${JSON.stringify(checks)}.`;
};

export const confirmRecipients = (recipients: number) =>
  new DomainError(
    'conflict',
    'broadcast.confirm_recipients',
    `${recipients} people would get this. Repeat the call with "confirmRecipients": ${recipients}.`,
    { recipients },
  );

export const secondApprovalNeeded = (recipients: number) =>
  new DomainError(
    'conflict',
    'broadcast.second_approval_needed',
    `${recipients} people would get this, so someone else has to approve it as it is now: POST /v1/broadcasts/{id}/approve.`,
    { recipients },
  );

export const scheduleInPast = () =>
  new DomainError(
    'invalid',
    'broadcast.schedule_in_past',
    'scheduledAt is over. Give a later time, or send it now.',
    {},
    [{ field: 'scheduledAt', rule: 'future', message: 'scheduledAt must be in the future' }],
  );

export const domainTaken = (domain: string) =>
  new DomainError('conflict', 'sending_domain.exists', `${domain} is a sending domain already. Read its record again.`);

export const senderElsewhere = (domain: string) =>
  new DomainError('invalid', 'sending_domain.sender', `The sender must be an address at ${domain} or below.`, {}, [
    { field: 'sender', rule: 'domain', message: `sender must be an address at ${domain}` },
  ]);

export const tooManyServers = (limit: number) =>
  new DomainError(
    'conflict',
    'mail_server.too_many',
    `A workspace has at most ${limit} mail servers. Remove one first.`,
  );

export const loginWithoutTls = () =>
  new DomainError(
    'invalid',
    'mail_server.login_in_clear',
    'A password must not cross the network in clear. Choose security tls or starttls.',
    {},
    [{ field: 'security', rule: 'tls', message: 'security must be tls or starttls when there is a password' }],
  );
