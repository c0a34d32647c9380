import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog, WebhookMessages } from '../../../workspaces/index.js';
import {
  type Channel,
  type ChannelKind,
  type ChannelScope,
  type ChannelWishes,
  INSTANCE_KINDS,
  MAX_CHANNELS,
  URGENT_KINDS,
} from '../../domain/notifications/channel.js';
import { type ChannelChange, Channels, type Viewer } from '../../domain/notifications/channels.port.js';
import { type DestinationFields, namesDestination, readDestination } from '../../domain/notifications/destination.js';
import { Ledger } from '../../domain/notifications/ledger.port.js';
import { equalTimes, needsOperator, tooManyChannels } from '../../domain/notifications/notifications.errors.js';
import { quietUntil } from '../../domain/notifications/quiet-hours.js';
import { NotificationSettings } from '../../notification-settings.js';

/** Who changes channels. */
export interface ChannelOwner extends Viewer {
  readonly actor: string;
}

type Given<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

export type ChannelFields = DestinationFields &
  Given<Omit<ChannelWishes, 'quietHours'>> & {
    readonly quietHours?: ChannelWishes['quietHours'] | null | undefined;
  };

/** Creates and changes channels; every deed is in the audit log, no secret is. */
@Injectable()
export class ChannelDesk {
  constructor(
    private readonly channels: Channels,
    private readonly ledger: Ledger,
    private readonly webhooks: WebhookMessages,
    private readonly audit: AuditLog,
    private readonly settings: NotificationSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `notification_channel.*`, `webhook.not_found` */
  async create(
    owner: ChannelOwner,
    fields: ChannelFields & {
      readonly name: string;
      readonly kind: ChannelKind;
      readonly scope?: ChannelScope | undefined;
    },
    tx: Tx,
  ): Promise<Channel> {
    const { workspaceId } = owner;
    const { name, kind, scope = 'workspace', quietHours } = fields;
    if (scope === 'instance' && !owner.isOperator) throw needsOperator();
    assertHours(quietHours);
    const place = await this.placeOf(owner, kind, fields);
    if ((await this.channels.countUnderLock(workspaceId, tx)) >= MAX_CHANNELS) throw tooManyChannels();
    const { minSeverity = 'info', urgentKinds = URGENT_KINDS } = fields;
    const kinds = fields.kinds ?? (scope === 'instance' ? INSTANCE_KINDS : []);
    const wishes = { kinds, minSeverity, urgentKinds, ...(quietHours ? { quietHours } : {}) };
    const channel = await this.channels.insert(
      { id: newId(), workspaceId, scope, kind, name, ...wishes, ...place, isVerified: kind !== 'email' },
      tx,
    );
    await this.note(owner, channel, 'created', tx);
    return channel;
  }

  /** @throws DomainError `notification_channel.not_found` */
  async get(viewer: Viewer, id: string, tx?: Tx): Promise<Channel> {
    const channel = await this.channels.find(viewer, id, tx);
    if (!channel) throw notFound('notification_channel', id);
    return channel;
  }

  /**
   * A new e-mail address must be confirmed; quiet hours that end let go of what they kept.
   * @returns with `isMoved` when the address is another one, which has to be confirmed
   * @throws DomainError `notification_channel.*`, `webhook.not_found`
   */
  async change(
    owner: ChannelOwner,
    id: string,
    fields: ChannelFields & { readonly name?: string | undefined; readonly enabled?: boolean | undefined },
    tx: Tx,
  ): Promise<{ channel: Channel; isMoved: boolean }> {
    const before = await this.get(owner, id, tx);
    assertHours(fields.quietHours);
    const place = namesDestination(fields) ? await this.placeOf(before, before.kind, fields) : {};
    const isMoved = await this.isMoved(before, place, tx);
    const change = { ...wishesIn(fields), ...place, ...(isMoved ? { isVerified: false } : {}) };
    const channel = await this.channels.change(before, change, tx);
    if (isMoved) await this.ledger.dropWaiting(channel, 'The address was changed.', tx);
    if (fields.enabled === false) await this.ledger.dropWaiting(channel, 'The channel was switched off.', tx);
    if (fields.quietHours !== undefined) await this.ledger.keepUntil(channel, this.quietEnd(channel), tx);
    await this.note(owner, channel, 'changed', tx);
    return { channel, isMoved };
  }

  /** @throws DomainError `notification_channel.not_found` */
  async delete(owner: ChannelOwner, id: string, tx: Tx): Promise<void> {
    const channel = await this.get(owner, id, tx);
    await this.channels.delete(channel, tx);
    await this.note(owner, channel, 'deleted', tx);
  }

  /** A webhook must be of the channel's own workspace. */
  private async placeOf({ workspaceId }: { readonly workspaceId: string }, kind: ChannelKind, fields: ChannelFields) {
    const destination = readDestination(kind, fields, this.settings.discordApiUrl);
    if (destination) return { destination };
    const webhookId = fields.webhookId ?? '';
    await this.webhooks.assertExists(workspaceId, webhookId);
    return { webhookId };
  }

  private async isMoved(channel: Channel, { destination }: ChannelChange, tx: Tx): Promise<boolean> {
    if (destination?.kind !== 'email') return false;
    const before = await this.channels.destinationOf(channel, tx);
    return before?.kind !== 'email' || before.address !== destination.address;
  }

  private quietEnd({ quietHours }: Channel): Date {
    const now = this.clock.now();
    return (quietHours && quietUntil(quietHours, now)) ?? now;
  }

  private note({ workspaceId, actor }: ChannelOwner, channel: Channel, what: string, tx: Tx): Promise<void> {
    const { id: subjectId, kind, scope, name, hint } = channel;
    const detail = { kind, scope, name, hint };
    return this.audit.append({ workspaceId, actor, action: `notification_channel.${what}`, subjectId, detail }, tx);
  }
}

const assertHours = (hours: ChannelFields['quietHours']): void => {
  if (hours && hours.from === hours.to) throw equalTimes();
};

/** What of the wishes is given. */
const wishesIn = (
  fields: ChannelFields & { readonly name?: string | undefined; readonly enabled?: boolean | undefined },
): ChannelChange => {
  const { name, kinds, minSeverity, urgentKinds, quietHours, enabled } = fields;
  return {
    ...(name === undefined ? {} : { name }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(minSeverity === undefined ? {} : { minSeverity }),
    ...(urgentKinds === undefined ? {} : { urgentKinds }),
    ...(quietHours === undefined ? {} : { quietHours }),
    ...(enabled === undefined ? {} : { enabled }),
  };
};
