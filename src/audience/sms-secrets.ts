/** What proves that a webhook came from our SMS provider; empty: no provider, and no form is believed. */
export class SmsSecrets {
  constructor(readonly authToken: string) {}
}
