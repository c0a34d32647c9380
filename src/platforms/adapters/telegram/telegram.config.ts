/** How Telegram is reached; the secrets belong to each account. */
export interface TelegramConfig {
  readonly apiUrl: string;
}

export const TELEGRAM_DEFAULTS: TelegramConfig = { apiUrl: 'https://api.telegram.org' };
