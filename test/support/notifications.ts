import { Module } from '@nestjs/common';
import type { Sending } from '../../src/incidents/domain/notifications/ledger.port.js';
import type { Message } from '../../src/incidents/domain/notifications/message.js';
import { Messenger } from '../../src/incidents/domain/notifications/messenger.port.js';
import type { SendResult } from '../../src/incidents/domain/notifications/send.policy.js';
import { NotificationSender } from '../../src/incidents/jobs/notifications/notification-sender.js';
import { NotificationsJob } from '../../src/incidents/jobs/notifications/notifications.job.js';
import { notificationControllers, notificationProviders } from '../../src/incidents/notifications.config.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { DomainEvent } from '../../src/kernel/event-log.port.js';
import { newId } from '../../src/kernel/ids.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace, WebhookMessages, WorkspacesModule } from '../../src/workspaces/index.js';
import { WebhookMessenger } from '../../src/incidents/infrastructure/notifications/webhook-messenger.js';
import { until } from './app.js';
import { type PartialAnswer, type PartialApp, startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { seedAccount } from './rows.js';

@Module({ imports: [WorkspacesModule], controllers: notificationControllers, providers: notificationProviders })
class NotificationsModule {}

const taken = async (): Promise<SendResult> => ({ kind: 'delivered', detail: 'taken' });

/** A messenger that keeps what it was given and answers by `answer`; webhooks are really handed over. */
export class KeepingMessenger extends Messenger {
  readonly sent: { readonly name: string; readonly message: Message; readonly sending: Sending }[] = [];
  readonly mails: { readonly to: string; readonly message: Message }[] = [];
  canMail = true;
  answer: (sending: Sending) => Promise<SendResult> = taken;
  webhooks: WebhookMessages | undefined;

  send(sending: Sending, message: Message): Promise<SendResult> {
    if (sending.kind === 'webhook' && this.webhooks) return new WebhookMessenger(this.webhooks).send(sending, message);
    this.sent.push({ name: sending.channelName, message, sending });
    return this.answer(sending);
  }

  mail(to: string, message: Message): Promise<SendResult> {
    this.mails.push({ to, message });
    return taken();
  }

  get subjects(): string[] {
    return this.sent.map(({ message }) => message.subject);
  }

  /** The code in the newest mail, as it is written there. */
  get code(): string {
    return /(\d{4} \d{4})/.exec(this.mails.at(-1)?.message.text ?? '')?.[1] ?? '';
  }

  reset(): void {
    this.sent.length = 0;
    this.mails.length = 0;
    this.answer = taken;
    this.canMail = true;
  }
}

export const DISCORD = { kind: 'discord', webhookUrl: `https://discord.com/api/webhooks/123456/${'t'.repeat(68)}` };

interface Tenant {
  readonly workspaceId: string;
  readonly key: string;
}

/** Notifications of two workspaces on a real database, each with an account on TikTok in us; time passes by hand. */
export class NotificationStage {
  private constructor(
    readonly db: TestDatabase,
    readonly partial: PartialApp,
    readonly messenger: KeepingMessenger,
    readonly tenants: { readonly own: Tenant; readonly other: Tenant },
  ) {}

  static async start(): Promise<NotificationStage> {
    const db = await createTestDatabase();
    const messenger = new KeepingMessenger();
    const imports = [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), NotificationsModule];
    const partial = await startPartialApp(db, { imports, replace: new Map([[Messenger, messenger]]) });
    messenger.webhooks = partial.app.get(WebhookMessages);
    const { workspaceId, apiKey: key = '' } = await partial.app.get(BootstrapWorkspace).execute();
    const body = { name: 'Other', region: 'us', timeZone: 'UTC' };
    const { id, apiKey } = (await partial.send({ method: 'POST', path: '/v1/workspaces', key, body })).body;
    for (const owner of [workspaceId, id as string]) {
      const account = { workspaceId: owner, accountId: newId(), platform: 'tiktok', region: 'us' };
      await seedAccount(db.database, account);
    }
    const tenants = { own: { workspaceId, key }, other: { workspaceId: id, key: apiKey } };
    return new NotificationStage(db, partial, messenger, tenants);
  }

  async stop(): Promise<void> {
    await this.partial.stop();
    await this.db.drop();
  }

  async reset(): Promise<void> {
    await this.db.database.affected(`delete from notification_channel`);
    await this.db.database.affected(`delete from notification_code`);
    this.messenger.reset();
  }

  send(method: string, path: string, body?: unknown, key = this.tenants.own.key): Promise<PartialAnswer> {
    return this.partial.send({ method, path: `/v1/notification-channels${path}`, key, body });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read other people's JSON
  async create(fields: Readonly<Record<string, unknown>> = {}, key = this.tenants.own.key): Promise<any> {
    const answer = await this.send('POST', '', { name: 'Night shift', ...DISCORD, ...fields }, key);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read other people's JSON
  async log(id: string): Promise<any[]> {
    return (await this.send('GET', `/${id}/deliveries`)).body.items;
  }

  tell(...events: DomainEvent[]): Promise<void> {
    return this.db.database.run((tx) => this.partial.app.get(EventOutbox).append(events, tx));
  }

  platform(state: 'degraded' | 'down' | 'recovered', incidentId: string): DomainEvent {
    const payload = { platform: 'tiktok', region: 'us', state, reason: 'It failed.', incidentId };
    return { workspaceId: null, type: `platform.${state}`, subjectId: incidentId, payload };
  }

  decision(workspaceId = this.tenants.own.workspaceId): DomainEvent {
    const [targetId, id] = [newId(), newId()];
    const payload = {
      ...{ targetId, postId: id, occurrenceId: id, accountId: id, platform: 'tiktok' },
      ...{ status: 'needs_decision', cause: 'test', scheduledAt: '2026-01-27T00:00:00Z' },
    };
    return { workspaceId, type: 'post.needs_decision', subjectId: targetId, payload };
  }

  /** The outbox hands nothing out while an older transaction runs, and those of other databases count too. */
  async hear(): Promise<void> {
    const sql = `select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`;
    await until(async () => (await this.db.database.rows(sql)).length === 0, 'the events to be readable');
    await this.partial.app.get(NotificationsJob).follow();
  }

  /** The wait of all messages in this state passes. */
  async skip(state: 'gathering' | 'quiet' | 'waiting' | 'sending'): Promise<void> {
    await this.db.database.affected(`update notification set next_at = clock_timestamp() where state = $1`, [state]);
  }

  /** Messages close and leave. */
  async release(): Promise<void> {
    await this.skip('gathering');
    await this.partial.app.get(NotificationsJob).release();
    await this.partial.app.get(NotificationSender).drain();
  }
}
