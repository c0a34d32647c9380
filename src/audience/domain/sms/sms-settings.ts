import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { minuteOfDay, type QuietHours } from '../notices/quiet-hours.js';

/** A country we may text to, and what a segment costs there: both in one, so that no country is free of charge. */
export interface SmsCountry {
  /** ISO 3166, two capitals. */
  readonly country: string;
  /** Millionths of the currency's unit: 7,900 is 0.0079 USD. Source: the provider's price list. */
  readonly segmentMicros: number;
}

/** How a workspace texts. */
export interface SmsSettings {
  readonly workspaceId: WorkspaceId;
  /** Off: nothing leaves; STOP is heard all the same. */
  readonly isOn: boolean;
  /** E.164 number, or a messaging service `MG...`; one that people can answer, or they could never say STOP. */
  readonly sender: string;
  /** What the sender is registered under: a 10DLC campaign id, a toll-free verification; null where none is needed. */
  readonly registration: string | null;
  /** ISO 4217. */
  readonly currency: string;
  readonly countries: readonly SmsCountry[];
  readonly maxPerBroadcastMicros: number;
  /** Per UTC day. */
  readonly maxPerDayMicros: number;
  readonly quietHours: QuietHours;
  readonly version: number;
}

/** What a person sets; the version is ours. */
export type SmsSettingsInput = Omit<SmsSettings, 'workspaceId' | 'version'>;

const NUMBER = /^\+[1-9]\d{6,14}$/;
const SERVICE = /^MG[0-9a-f]{32}$/;

/**
 * What the shape of the fields cannot say.
 * @throws DomainError `sms.bad_settings` naming every faulty field
 */
export const assertSmsSettings = ({ sender, countries, quietHours, registration, isOn }: SmsSettingsInput): void => {
  const faults: Violation[] = [];
  const fault = (field: string, message: string) => faults.push({ field, rule: 'sms', message });
  if (!NUMBER.test(sender) && !SERVICE.test(sender))
    fault('sender', 'sender must be a number like +14155550100 or a messaging service id (MG and 32 digits).');
  const names = countries.map(({ country }) => country);
  if (new Set(names).size < names.length) fault('countries', 'countries names a country twice. Give each one price.');
  if (isOn && names.length === 0) fault('countries', 'countries must name at least one country to text to.');
  if (isOn && names.includes('US') && registration === null)
    fault('registration', 'US carriers block unregistered senders: give the 10DLC campaign or toll-free verification.');
  if (minuteOfDay(quietHours.from) === undefined || minuteOfDay(quietHours.until) === undefined)
    fault('quietHours', 'quietHours.from and quietHours.until must be times like 21:00.');
  else if (quietHours.from === quietHours.until) fault('quietHours', 'quietHours would be quiet all day.');
  const [first] = faults;
  if (first) throw new DomainError('invalid', 'sms.bad_settings', first.message, {}, faults);
};

export const senderTaken = () =>
  new DomainError('conflict', 'sms.sender_taken', 'Another workspace texts from this sender. Use one of your own.');
