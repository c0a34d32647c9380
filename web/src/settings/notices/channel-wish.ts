import type {
  CreateNotificationChannelDto,
  NotificationChannelDto,
  UpdateNotificationChannelDto,
} from '../../api/generated/types.gen.ts';

export type ChannelKind = CreateNotificationChannelDto['kind'];

export interface ChannelDraft {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly email: string;
  readonly webhookUrl: string;
  readonly botToken: string;
  readonly chatId: string;
  readonly webhookId: string;
  readonly minSeverity: 'info' | 'warning' | 'critical';
  readonly isQuiet: boolean;
  /** HH:MM */
  readonly quietFrom: string;
  readonly quietUntil: string;
  /** Whose clocks: an IANA name. */
  readonly quietZone: string;
}

export const NEW_CHANNEL: ChannelDraft = {
  name: '',
  kind: 'email',
  email: '',
  webhookUrl: '',
  botToken: '',
  chatId: '',
  webhookId: '',
  minSeverity: 'warning',
  isQuiet: false,
  quietFrom: '22:00',
  quietUntil: '07:00',
  quietZone: 'UTC',
};

const LEADS_TO: Readonly<Record<ChannelKind, readonly (keyof ChannelDraft)[]>> = {
  email: ['email'],
  discord: ['webhookUrl'],
  telegram: ['botToken', 'chatId'],
  webhook: ['webhookId'],
};

/** A channel as the form shows it; where it leads is not told again, and stays unless it is typed anew. */
export const draftOfChannel = (
  { name, kind, minSeverity, quietHours, webhookId = '' }: NotificationChannelDto,
  zone: string,
): ChannelDraft => ({
  ...{ ...NEW_CHANNEL, quietZone: zone },
  ...{ name, kind, minSeverity, webhookId, isQuiet: quietHours !== undefined },
  ...(quietHours ? { quietFrom: quietHours.from, quietUntil: quietHours.to, quietZone: quietHours.zone } : {}),
});

/** What a change says: nothing of where it leads while that was left empty, `null` for quiet hours that end. */
export const toChannelChange = (draft: ChannelDraft): UpdateNotificationChannelDto => {
  const { kind, ...wish } = toChannelWish(draft);
  const filled = Object.entries(wish).filter(
    ([name, value]) => value !== '' || !LEADS_TO[kind].includes(name as never),
  );
  return { ...Object.fromEntries(filled), ...(draft.isQuiet ? {} : { quietHours: null }) };
};

/** Only what belongs to the kind is sent: the API refuses a Discord address on a Telegram channel. */
export const toChannelWish = (draft: ChannelDraft): CreateNotificationChannelDto => ({
  name: draft.name.trim(),
  kind: draft.kind,
  minSeverity: draft.minSeverity,
  ...Object.fromEntries(LEADS_TO[draft.kind].map((field) => [field, String(draft[field]).trim()])),
  ...(draft.isQuiet ? { quietHours: { from: draft.quietFrom, to: draft.quietUntil, zone: draft.quietZone } } : {}),
});
