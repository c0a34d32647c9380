/** How Discord is reached; the secrets belong to each account. */
export interface DiscordConfig {
  readonly apiUrl: string;
}

export const DISCORD_DEFAULTS: DiscordConfig = { apiUrl: 'https://discord.com/api/v10' };
