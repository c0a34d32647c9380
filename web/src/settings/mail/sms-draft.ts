import type { SmsSettingsDto, SmsSettingsResponse } from '../../api/generated/types.gen.ts';
import { fromMicros, toMicros } from './money.ts';

export interface CountryPrice {
  /** ISO 3166, two capitals. */
  readonly country: string;
  /** Of one segment, in the currency. */
  readonly price: number | string;
}

export interface SmsDraft {
  readonly isOn: boolean;
  readonly sender: string;
  readonly registration: string;
  readonly currency: string;
  readonly countries: readonly CountryPrice[];
  readonly maxPerBroadcast: number | string;
  readonly maxPerDay: number | string;
  readonly isQuiet: boolean;
  readonly quietFrom: string;
  readonly quietUntil: string;
}

/** Before anything was set: off, no country, nothing to spend. */
export const NO_SMS: SmsDraft = {
  isOn: false,
  sender: '',
  registration: '',
  currency: 'USD',
  countries: [],
  maxPerBroadcast: 0,
  maxPerDay: 0,
  isQuiet: false,
  quietFrom: '21:00',
  quietUntil: '08:00',
};

export const toSmsDraft = (settings: SmsSettingsResponse): SmsDraft => ({
  isOn: settings.isOn,
  sender: settings.sender,
  registration: settings.registration ?? '',
  currency: settings.currency,
  countries: settings.countries.map(({ country, segmentMicros }) => ({ country, price: fromMicros(segmentMicros) })),
  maxPerBroadcast: fromMicros(settings.maxPerBroadcastMicros),
  maxPerDay: fromMicros(settings.maxPerDayMicros),
  isQuiet: settings.quietHours !== undefined,
  quietFrom: settings.quietHours?.from ?? NO_SMS.quietFrom,
  quietUntil: settings.quietHours?.until ?? NO_SMS.quietUntil,
});

export const toSmsWish = (draft: SmsDraft): SmsSettingsDto => ({
  isOn: draft.isOn,
  sender: draft.sender.trim(),
  currency: draft.currency.trim(),
  countries: draft.countries.map(({ country, price }) => ({ country, segmentMicros: toMicros(price) })),
  maxPerBroadcastMicros: toMicros(draft.maxPerBroadcast),
  maxPerDayMicros: toMicros(draft.maxPerDay),
  ...(draft.registration.trim() === '' ? {} : { registration: draft.registration.trim() }),
  ...(draft.isQuiet ? { quietHours: { from: draft.quietFrom, until: draft.quietUntil } } : {}),
});
