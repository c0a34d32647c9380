import type { NotificationKind, Severity } from '../../domain/notifications/change.js';
import type { Channel, ChannelKind, ChannelScope } from '../../domain/notifications/channel.js';

/** A channel's row without what is sealed. */
export interface ChannelRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly scope: ChannelScope;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly hint: string;
  readonly webhookId: string | null;
  readonly kinds: readonly NotificationKind[];
  readonly minSeverity: Severity;
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly quietZone: string | null;
  readonly urgentKinds: readonly NotificationKind[];
  readonly verifiedAt: Date | null;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: 'person' | 'gone' | null;
  readonly createdAt: Date;
}

export const CHANNEL_FIELDS = `id, workspace_id as "workspaceId", scope, kind, name, hint, webhook_id as "webhookId",
  kinds, min_severity as "minSeverity", quiet_from as "quietFrom", quiet_to as "quietTo", quiet_zone as "quietZone",
  urgent_kinds as "urgentKinds", verified_at as "verifiedAt", failing_since as "failingSince",
  last_error as "lastError", disabled_at as "disabledAt", disabled_reason as "disabledReason",
  created_at as "createdAt"`;

/** The quiet hours of a row that has them. */
export const quietOf = ({
  quietFrom,
  quietTo,
  quietZone,
}: Pick<ChannelRow, 'quietFrom' | 'quietTo' | 'quietZone'>): Pick<Channel, 'quietHours'> =>
  quietFrom !== null && quietTo !== null && quietZone !== null
    ? { quietHours: { from: quietFrom, to: quietTo, zone: quietZone } }
    : {};

export const toChannel = <Row extends ChannelRow>(
  row: Row,
): Omit<Row, 'quietFrom' | 'quietTo' | 'quietZone'> & Channel => {
  const { quietFrom, quietTo, quietZone, ...rest } = row;
  return { ...rest, ...quietOf({ quietFrom, quietTo, quietZone }) };
};
