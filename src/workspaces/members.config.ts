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
import { CheckSecondFactor } from './application/members/check-second-factor.js';
import { EnrolTotp } from './application/members/enrol-totp.js';
import { EnterByLink } from './application/members/enter-by-link.js';
import { GuardTries } from './application/members/guard-tries.js';
import { InviteDesk } from './application/members/invite-desk.js';
import { JoinWorkspace } from './application/members/join-workspace.js';
import { MakeFirstOwner } from './application/members/make-first-owner.js';
import { MemberDesk } from './application/members/member-desk.js';
import { NoteFactor } from './application/members/note-factor.js';
import { OfferSetup } from './application/members/offer-setup.js';
import { PasswordSessions } from './application/members/password-sessions.js';
import { ProvePerson } from './application/members/prove-person.js';
import { ResetPassword } from './application/members/reset-password.js';
import { SendAccessMails } from './application/members/send-access-mails.js';
import { SessionDesk } from './application/members/session-desk.js';
import { SetUp } from './application/members/set-up.js';
import { SettleSetup } from './application/members/settle-setup.js';
import { SignIn } from './application/members/sign-in.js';
import { TakeAccount } from './application/members/take-account.js';
import { TotpDesk } from './application/members/totp-desk.js';
import { AccessLinks } from './domain/members/access-links.port.js';
import { AccessMailer, AccessMails } from './domain/members/access-mails.port.js';
import { Invites } from './domain/members/invites.port.js';
import { Members } from './domain/members/members.port.js';
import { PasswordHasher } from './domain/members/password-hasher.port.js';
import { PasswordResets } from './domain/members/password-resets.port.js';
import { People } from './domain/members/people.port.js';
import { Sessions } from './domain/members/sessions.port.js';
import { SecondFactors } from './domain/members/second-factors.port.js';
import { SetupSeat } from './domain/members/setup-seat.port.js';
import { Throttle } from './domain/members/throttle.port.js';
import { TotpCodes } from './domain/members/totp-codes.port.js';
import { AnswerSession } from './http/members/answer-session.js';
import { SessionCookies } from './http/members/session-cookies.js';
import { AccessLinksRepository } from './infrastructure/members/access-links.repository.js';
import { AccessMailsRepository } from './infrastructure/members/access-mails.repository.js';
import { Argon2Hasher } from './infrastructure/members/argon2-hasher.js';
import { InvitesRepository } from './infrastructure/members/invites.repository.js';
import { LockedSetupSeat } from './infrastructure/members/locked-setup-seat.js';
import { MembersRepository } from './infrastructure/members/members.repository.js';
import { OtpauthCodes } from './infrastructure/members/otpauth-codes.js';
import { PasswordResetsRepository } from './infrastructure/members/password-resets.repository.js';
import { PeopleRepository } from './infrastructure/members/people.repository.js';
import { SecondFactorsRepository } from './infrastructure/members/second-factors.repository.js';
import { SessionsRepository } from './infrastructure/members/sessions.repository.js';
import { SmtpAccessMailer } from './infrastructure/members/smtp-access-mailer.js';
import { ThrottleRepository } from './infrastructure/members/throttle.repository.js';
import { AccessJob } from './jobs/members/access.job.js';

const adapters: Provider[] = [
  { provide: AccessLinks, useClass: AccessLinksRepository },
  { provide: AccessMails, useClass: AccessMailsRepository },
  { provide: Invites, useClass: InvitesRepository },
  { provide: Members, useClass: MembersRepository },
  { provide: PasswordResets, useClass: PasswordResetsRepository },
  { provide: People, useClass: PeopleRepository },
  { provide: SecondFactors, useClass: SecondFactorsRepository },
  { provide: SetupSeat, useClass: LockedSetupSeat },
  { provide: Throttle, useClass: ThrottleRepository },
  { provide: TotpCodes, useClass: OtpauthCodes },
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
  CheckSecondFactor,
  EnrolTotp,
  EnterByLink,
  GuardTries,
  InviteDesk,
  JoinWorkspace,
  MakeFirstOwner,
  MemberDesk,
  NoteFactor,
  OfferSetup,
  PasswordSessions,
  ProvePerson,
  ResetPassword,
  SessionCookies,
  SessionDesk,
  SetUp,
  SettleSetup,
  SignIn,
  TakeAccount,
  TotpDesk,
  AccessJob,
];
