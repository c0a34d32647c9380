import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Family, KnownIncident } from '../../domain/notifications/change.js';
import type { Gathered } from '../../domain/notifications/gather.js';
import { Gathering } from '../../domain/notifications/ledger.port.js';
import {
  type Addressed,
  incidentKey,
  type Knowledge,
  type Listener,
  messageKey,
  type OpenMessage,
  type Presence,
  type ToldChange,
} from '../../domain/notifications/listener.js';
import * as sql from './gathering.sql.js';

@Injectable()
export class GatheringRepository extends Gathering {
  constructor(private readonly database: Database) {
    super();
  }

  async skipWithoutChannels(consumer: string): Promise<boolean> {
    const row = await this.database.row<{ isOn: boolean }>(sql.SKIP, [consumer]);
    return row?.isOn === false;
  }

  async knowledgeOf(told: readonly ToldChange[], tx: Tx): Promise<Knowledge> {
    const changes = told.map(({ change }) => change);
    const workspaces = [...new Set(changes.flatMap(({ workspaceId }) => workspaceId ?? []))];
    const ofAll = changes.filter(({ workspaceId }) => workspaceId === null);
    const listeners = await this.database.rows<Listener>(sql.LISTENERS, [workspaces, ofAll.length > 0], tx);
    const ids = listeners.map(({ id }) => id);
    return {
      listeners,
      presences: await this.presences(new Set(ofAll.flatMap(({ platform }) => platform ?? [])), listeners, tx),
      incidents: await this.incidents(ids, new Set(changes.flatMap((one) => (one.state ? one.subject : []))), tx),
      open: await this.open(ids, tx),
    };
  }

  async store({ messages, incidents }: Addressed, closesInMs: Readonly<Record<string, number>>, tx: Tx): Promise<void> {
    const begun = messages.filter(({ openId }) => openId === undefined);
    const added = messages.filter(({ openId }) => openId !== undefined);
    if (begun.length > 0)
      await this.database.affected(
        sql.BEGIN,
        [
          ...[begun.map(() => newId()), begun.map(({ listener }) => listener.workspaceId)],
          ...[begun.map(({ listener }) => listener.id), begun.map(({ family }) => family)],
          ...[begun.map(({ changeKey }) => changeKey), ...factsOf(begun)],
          begun.map(({ family }) => closesInMs[family] ?? 0),
        ],
        tx,
      );
    if (added.length > 0)
      await this.database.affected(sql.ADD, [added.map(({ openId }) => openId), ...factsOf(added)], tx);
    await this.remember(incidents, tx);
  }

  private async remember(incidents: Addressed['incidents'], tx: Tx): Promise<void> {
    const over = incidents.filter(({ knows }) => !knows);
    const known = incidents.flatMap(({ listener, incident, knows }) => (knows ? [{ listener, incident, knows }] : []));
    const channels = (rows: readonly { readonly listener: Listener }[]) => rows.map(({ listener }) => listener.id);
    const names = (rows: readonly { readonly incident: string }[]) => rows.map(({ incident }) => incident);
    if (over.length > 0) await this.database.affected(sql.FORGET, [channels(over), names(over)], tx);
    if (known.length > 0)
      await this.database.affected(
        sql.REMEMBER,
        [
          ...[known.map(({ listener }) => listener.workspaceId), channels(known), names(known)],
          ...[known.map(({ knows }) => knows.state), known.map(({ knows }) => knows.openedAt)],
        ],
        tx,
      );
  }

  private async presences(platforms: Set<string>, listeners: readonly Listener[], tx: Tx): Promise<Presence[]> {
    if (platforms.size === 0) return [];
    const workspaces = [...new Set(listeners.map(({ workspaceId }) => workspaceId))];
    return this.database.rows<Presence>(sql.PRESENCES, [[...platforms], workspaces], tx);
  }

  private async incidents(channels: readonly string[], names: Set<string>, tx: Tx): Promise<Knowledge['incidents']> {
    if (names.size === 0) return new Map();
    const rows = await this.database.rows<{
      channelId: string;
      incident: string;
      state: KnownIncident['state'];
      openedAt: Date;
    }>(sql.INCIDENTS, [channels, [...names]], tx);
    return new Map(
      rows.map(({ channelId, incident, state, openedAt }) => [
        incidentKey(channelId, incident),
        { state, openedAt: openedAt.toISOString() },
      ]),
    );
  }

  private async open(channels: readonly string[], tx: Tx): Promise<Knowledge['open']> {
    const rows = await this.database.rows<{ id: string; channelId: string; family: Family; facts: Gathered }>(
      sql.OPEN,
      [channels],
      tx,
    );
    return new Map(
      rows.map(({ id, channelId, family, facts }): [string, OpenMessage] => [
        messageKey(channelId, family),
        { id, gathered: facts },
      ]),
    );
  }
}

const factsOf = (messages: Addressed['messages']): unknown[][] => [
  messages.map(({ gathered }) => gathered.severity),
  messages.map(({ gathered }) => gathered.count),
  messages.map(({ gathered }) => JSON.stringify(gathered)),
  messages.map(({ gathered }) => gathered.lastAt),
];
