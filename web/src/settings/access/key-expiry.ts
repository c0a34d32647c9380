/** Days as a word of the form, or never. */
export type ExpiresIn = '30' | '90' | '365' | 'never';

const DAY_MS = 86_400_000;

/** When a key made at `nowMs` stops working. */
export const expiryAfter = (expires: ExpiresIn, nowMs: number): string | undefined =>
  expires === 'never' ? undefined : new Date(nowMs + Number(expires) * DAY_MS).toISOString();

interface Ending {
  readonly revokedAt?: string;
  readonly expiresAt?: string;
}

export const isDead = ({ revokedAt, expiresAt }: Ending, nowMs: number): boolean =>
  revokedAt !== undefined || (expiresAt !== undefined && Date.parse(expiresAt) <= nowMs);
