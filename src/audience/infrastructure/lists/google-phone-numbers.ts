import { Injectable } from '@nestjs/common';
import type { CountryCode } from 'libphonenumber-js/min';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { lazily } from './lazy-require.js';

const library = lazily<typeof import('libphonenumber-js/min')>('libphonenumber-js/min');

/** E.164 allows 15 digits; people add brackets and spaces. */
const MAX_WRITTEN = 40;

/** Google's numbering plans, by libphonenumber-js. Extensions and letters (`1-800-FLOWERS`) are refused. */
@Injectable()
export class GooglePhoneNumbers extends PhoneNumbers {
  parse(given: string, country?: string): string | undefined {
    const written = given.trim();
    if (written.length > MAX_WRITTEN || !/^[+\d\s().\-/\u00a0]+$/.test(written)) return undefined;
    const number = library().parsePhoneNumberFromString(written, {
      extract: false,
      ...(country !== undefined && this.knows(country) ? { defaultCountry: country as CountryCode } : {}),
    });
    return number?.isValid() ? number.number : undefined;
  }

  countryOf(e164: string): string | undefined {
    return library().parsePhoneNumberFromString(e164)?.country;
  }

  knows(country: string): boolean {
    return library().isSupportedCountry(country);
  }
}
