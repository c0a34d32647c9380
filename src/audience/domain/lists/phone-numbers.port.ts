/** Reads telephone numbers as people write them. */
export abstract class PhoneNumbers {
  /**
   * @param country ISO 3166 code in capitals, for numbers without `+`; without it only `+` numbers are read
   * @returns the number in E.164, for example `+33612345678`; undefined when it is none that exists
   */
  abstract parse(given: string, country?: string): string | undefined;
  /** ISO 3166 code of the country that an E.164 number belongs to; undefined for numbers of no country. */
  abstract countryOf(e164: string): string | undefined;
  /** True for a country whose numbering plan is known. */
  abstract knows(country: string): boolean;
}
