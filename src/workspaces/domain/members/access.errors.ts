import { DomainError } from '../../../kernel/domain-error.js';
import type { AccessLinkState } from './access-links.port.js';
import { PASSWORD_SENTENCES, type PasswordFault } from './password.js';
import type { Role } from './role.js';

/** One sentence for a wrong address and a wrong password: which of the two it was is nobody's business. */
export const signInRefused = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'sign_in.refused',
    'Address or password is wrong. Try again, or set a new password by mail.',
  );

/** Only who gave the right password, or holds a link, learns that there is a second factor. */
export const totpRequired = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'sign_in.totp_required',
    'Give the code of your authenticator app as well, or a recovery code.',
  );

/** The same for a wrong code and one that was used. */
export const codeRefused = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'sign_in.code_refused',
    'This code is wrong or was used already. Wait for the next one, and see that the clock of your telephone is right.',
  );

export const totpOn = (): DomainError =>
  new DomainError('conflict', 'totp.on', 'Your second factor is on already. Turn it off first to use another app.');

export const totpOff = (): DomainError =>
  new DomainError('conflict', 'totp.off', 'You have no second factor. Begin with POST /v1/session/totp.');

export const totpNotBegun = (): DomainError =>
  new DomainError('conflict', 'totp.not_begun', 'Nothing waits for a code. Begin with POST /v1/session/totp.');

/** The workspace demands a second factor and the person has none yet. */
export const totpNeeded = (): DomainError =>
  new DomainError(
    'forbidden',
    'member.totp_needed',
    'This workspace asks its members for a second factor. Set yours up with POST /v1/session/totp.',
  );

export const noWorkspace = (): DomainError =>
  new DomainError(
    'forbidden',
    'sign_in.no_workspace',
    'You are a member of no such workspace. Ask an owner to invite you.',
  );

export const tooManyTries = (retryAfterSeconds: number): DomainError =>
  new DomainError(
    'rate_limited',
    'sign_in.too_many',
    `Too many tries. Wait ${retryAfterSeconds} s, or set a new password by mail.`,
    { retryAfterSeconds },
  );

export const tooBusy = (): DomainError =>
  new DomainError('unavailable', 'sign_in.busy', 'Many people sign in at this moment. Try again in a few seconds.');

export const sessionEnded = (): DomainError =>
  new DomainError('unauthenticated', 'session.ended', 'Your session has ended. Sign in again.');

export const foreignRequest = (): DomainError =>
  new DomainError(
    'forbidden',
    'session.foreign_request',
    'This change did not come from our own pages (Sec-Fetch-Site, Origin). Programs use an API key instead.',
  );

export const needsSession = (): DomainError =>
  new DomainError('forbidden', 'session.needed', 'This is for people who are signed in. An API key has no session.');

export const roleForbids = (role: Role, scope: string): DomainError =>
  new DomainError(
    'forbidden',
    'member.not_allowed',
    `Your role "${role}" does not allow this (scope "${scope}"). Ask an owner of the workspace.`,
    { role, scope },
  );

export const badPassword = (fault: PasswordFault): DomainError => {
  const message = PASSWORD_SENTENCES[fault];
  return new DomainError('invalid', `password.${fault}`, message, {}, [{ field: 'password', rule: fault, message }]);
};

export const badEmail = (): DomainError => {
  const message = 'This is no address that mail can be sent to. Check its spelling.';
  return new DomainError('invalid', 'email.invalid', message, {}, [{ field: 'email', rule: 'email', message }]);
};

/** The same for a link that was used, revoked, replaced, is too old, or never was. */
export const linkDead = (): DomainError =>
  new DomainError('gone', 'link.dead', 'This link has been used, was replaced, or is too old. Ask for a new one.');

/** Somebody is a member of this installation already. */
export const setupDone = (): DomainError =>
  new DomainError('conflict', 'setup.done', 'This server is set up already. Sign in, or ask an owner to invite you.');

const SETUP_LINK_SENTENCES: Readonly<Record<Exclude<AccessLinkState, 'open'>, string>> = {
  used: 'This link has been used: the server is set up. Sign in with the address and password that were given then.',
  replaced: 'A later start of the server printed a newer link. Use that one.',
  expired: 'This link is older than a day. Restart the server: it prints a new one.',
};

/** What became of a set-up link that really was one. */
export const setupLinkFault = (state: Exclude<AccessLinkState, 'open'>): DomainError =>
  new DomainError('gone', `setup.link_${state}`, SETUP_LINK_SENTENCES[state]);

export const noSuchMember = (email: string): DomainError =>
  new DomainError('not_found', 'member.not_found', `Nobody signs in here as ${email}. Check the address.`);

export const lastOwner = (): DomainError =>
  new DomainError(
    'conflict',
    'member.last_owner',
    'A workspace cannot be without an owner. Make somebody else an owner first.',
  );

export const alreadyMember = (): DomainError =>
  new DomainError('conflict', 'member.exists', 'This address belongs to a member of the workspace already.');

export const notFirst = (): DomainError =>
  new DomainError(
    'conflict',
    'member.not_first',
    'The workspace has members. Only the first is made like this; invite others with POST /v1/invites.',
  );

export const inviteInstead = (): DomainError =>
  new DomainError(
    'conflict',
    'member.has_account',
    'Whoever holds this address signs in here already. Invite it with POST /v1/invites, so that its holder agrees.',
  );

export const mailOff = (): DomainError =>
  new DomainError(
    'conflict',
    'mail.not_configured',
    'Invitations go by mail, and this server has no mail server. Ask who runs it to set SMTP_URL.',
  );
