import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { Database } from '../infra/database/database.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { SECOND_MS } from '../kernel/durations.js';
import { AcceptInvite } from './application/members/accept-invite.js';
import { AuthenticateSession } from './application/members/authenticate-session.js';
import { BeginSession } from './application/members/begin-session.js';
import { ChangePassword } from './application/members/change-password.js';
import { GuardTries } from './application/members/guard-tries.js';
import { InviteDesk } from './application/members/invite-desk.js';
import { JoinWorkspace } from './application/members/join-workspace.js';
import { MemberDesk } from './application/members/member-desk.js';
import { PasswordSessions } from './application/members/password-sessions.js';
import { ResetPassword } from './application/members/reset-password.js';
import { SendAccessMails } from './application/members/send-access-mails.js';
import { SessionDesk } from './application/members/session-desk.js';
import { SignIn } from './application/members/sign-in.js';
import { TakeAccount } from './application/members/take-account.js';
import { AccessMailer, AccessMails } from './domain/members/access-mails.port.js';
import { Invites } from './domain/members/invites.port.js';
import { Members } from './domain/members/members.port.js';
import { PasswordHasher } from './domain/members/password-hasher.port.js';
import { PasswordResets } from './domain/members/password-resets.port.js';
import { People } from './domain/members/people.port.js';
import { Sessions } from './domain/members/sessions.port.js';
import { Throttle } from './domain/members/throttle.port.js';
import { AnswerSession } from './http/members/answer-session.js';
import { SessionCookies } from './http/members/session-cookies.js';
import { AccessMailsRepository } from './infrastructure/members/access-mails.repository.js';
import { Argon2Hasher } from './infrastructure/members/argon2-hasher.js';
import { InvitesRepository } from './infrastructure/members/invites.repository.js';
import { MembersRepository } from './infrastructure/members/members.repository.js';
import { PasswordResetsRepository } from './infrastructure/members/password-resets.repository.js';
import { PeopleRepository } from './infrastructure/members/people.repository.js';
import { SessionsRepository } from './infrastructure/members/sessions.repository.js';
import { SmtpAccessMailer } from './infrastructure/members/smtp-access-mailer.js';
import { ThrottleRepository } from './infrastructure/members/throttle.repository.js';
import { AccessJob } from './jobs/members/access.job.js';

const adapters: Provider[] = [
  { provide: AccessMails, useClass: AccessMailsRepository },
  { provide: Invites, useClass: InvitesRepository },
  { provide: Members, useClass: MembersRepository },
  { provide: PasswordResets, useClass: PasswordResetsRepository },
  { provide: People, useClass: PeopleRepository },
  { provide: Throttle, useClass: ThrottleRepository },
  {
    provide: Sessions,
    inject: [Database, AppConfig],
    useFactory: (database: Database, { env }: AppConfig) =>
      new SessionsRepository(database, {
        idleMs: env.SESSION_IDLE_SECONDS * SECOND_MS,
        maxMs: env.SESSION_MAX_SECONDS * SECOND_MS,
      }),
  },
  {
    provide: PasswordHasher,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) =>
      new Argon2Hasher({ memoryKib: env.PASSWORD_MEMORY_KIB, passes: env.PASSWORD_PASSES, lanes: 1 }),
  },
  {
    provide: AccessMailer,
    inject: [AppConfig, ProviderObservations],
    useFactory: ({ env }: AppConfig, observations: ProviderObservations) =>
      new SmtpAccessMailer(new MailTransport(env.SMTP_URL, undefined, observations)),
  },
];

/** Everything that people who sign in need. */
export const memberProviders: Provider[] = [
  ...adapters,
  {
    provide: SendAccessMails,
    inject: [AccessMails, AccessMailer, AppConfig],
    useFactory: (mails: AccessMails, mailer: AccessMailer, config: AppConfig) =>
      new SendAccessMails(mails, mailer, { publicUrl: () => config.publicUrl, from: config.env.MAIL_FROM }),
  },
  AcceptInvite,
  AnswerSession,
  AuthenticateSession,
  BeginSession,
  ChangePassword,
  GuardTries,
  InviteDesk,
  JoinWorkspace,
  MemberDesk,
  PasswordSessions,
  ResetPassword,
  SessionCookies,
  SessionDesk,
  SignIn,
  TakeAccount,
  AccessJob,
];
