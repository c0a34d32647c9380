import { CONSENT_PURPOSE, type ConsentEntry } from './consent.js';
import type { Channel } from './channels.js';

/** Consent to text messages is its own: agreeing to mail says nothing about it. */
export const SMS_CONSENT_PURPOSE = 'backup_list_sms';

/** What the ledger calls being on the list by a channel. */
export const PURPOSE_ON: Readonly<Record<Channel, string>> = { email: CONSENT_PURPOSE, sms: SMS_CONSENT_PURPOSE };

const DEFAULT_LANGUAGE = 'en';

/** The words a person last agreed to for a purpose: what they now confirm, narrow or take back. */
export const consentWords = (
  lines: readonly ConsentEntry[],
  purpose: string,
): Pick<ConsentEntry, 'text' | 'textVersion' | 'language'> => {
  const last = lines.findLast((line) => line.purpose === purpose) ?? lines.at(-1);
  return {
    text: last?.text ?? '',
    textVersion: last?.textVersion ?? '',
    language: last?.language ?? DEFAULT_LANGUAGE,
  };
};
