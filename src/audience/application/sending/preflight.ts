import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { mailNotConfigured } from '../../domain/audience.errors.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { contentFindings } from '../../domain/sending/content-findings.js';
import { type Finding, isBlocking, type PreflightCheck } from '../../domain/sending/finding.js';
import { headerFindings } from '../../domain/sending/header-findings.js';
import { MailServers } from '../../domain/sending/mail-servers.port.js';
import { SendingIdentities } from '../../domain/sending/sending-identities.port.js';
import { preflightFailed } from '../../domain/sending/sending.errors.js';
import { type Preview, PreviewBroadcast } from './preview-broadcast.js';
import { DomainCheck } from './domain-check.js';

/** What was looked at and found before a broadcast goes out. */
export interface PreflightReport {
  readonly recipients: number;
  /** People it was written for. */
  readonly samples: readonly Preview[];
  readonly findings: readonly Finding[];
}

/** Looks at a broadcast as receivers will; what is red is not sent. */
@Injectable()
export class Preflight {
  constructor(
    private readonly preview: PreviewBroadcast,
    private readonly recipients: Recipients,
    private readonly servers: MailServers,
    private readonly identities: SendingIdentities,
    private readonly domains: DomainCheck,
    private readonly settings: MailSettings,
  ) {}

  /** Everything. Asks name servers: never call it inside a transaction. @throws DomainError `template.*` */
  async execute(broadcast: Broadcast): Promise<PreflightReport> {
    const content = await this.content(broadcast);
    const domain = await this.domain(broadcast, content.recipients);
    const isReady = (await this.servers.of(broadcast.workspaceId)).length > 0;
    return { ...content, findings: [...(isReady ? [] : [NO_SERVER]), ...content.findings, ...domain] };
  }

  /**
   * What can be said of the content alone, as a broadcast is frozen.
   * @throws DomainError `mail.not_configured`, `template.*`, `broadcast.preflight_failed`
   */
  async assertContent(broadcast: Broadcast, tx: Tx): Promise<void> {
    if ((await this.servers.of(broadcast.workspaceId)).length === 0) throw mailNotConfigured();
    assertNoneBlocks((await this.content(broadcast, tx)).findings);
  }

  /**
   * What name servers say against it, but for what the sender accepts. Never call it inside a transaction.
   * @throws DomainError `broadcast.preflight_failed`
   */
  async assertDomain(broadcast: Broadcast, accepted: readonly PreflightCheck[] = []): Promise<void> {
    const findings = await this.domain(broadcast, await this.recipients.countEligible(broadcast));
    assertNoneBlocks(findings.filter(({ check }) => !accepted.includes(check)));
  }

  /** What readers would see, and what is wrong with it. @throws DomainError `template.*` */
  async content(broadcast: Broadcast, tx?: Tx): Promise<PreflightReport> {
    const samples = await this.preview.execute(broadcast, tx);
    const recipients = await this.recipients.countEligible(broadcast, tx);
    const { publicUrl } = this.settings.identity;
    const findings = samples.flatMap((sample) => [
      ...contentFindings(sample, publicUrl),
      ...headerFindings(Buffer.from(sample.raw).toString('latin1'), recipients),
    ]);
    return { recipients, samples, findings: distinct(findings) };
  }

  private async domain({ workspaceId }: Broadcast, recipients: number): Promise<readonly Finding[]> {
    const { identity, dkim } = await this.identities.of(workspaceId);
    const { domain, bounceDomain = domain } = identity;
    return this.domains.execute({ domain, dkim, bounceDomain }, recipients);
  }
}

/** @throws DomainError `broadcast.preflight_failed` */
export const assertNoneBlocks = (findings: readonly Finding[]): void => {
  const blocking = findings.filter(isBlocking);
  if (blocking.length > 0) throw preflightFailed(blocking);
};

const NO_SERVER: Finding = {
  check: 'server',
  level: 'blocking',
  message: 'No mail server is configured. Add one, or set SMTP_URL.',
};

/** The same is found for many samples. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.check}|${finding.level}|${finding.message}`, finding])).values(),
];
