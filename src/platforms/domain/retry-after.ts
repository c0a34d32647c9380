import { SECOND_MS } from '../../kernel/durations.js';

/**
 * When the platform says it takes calls again: the header `Retry-After`, in seconds or as an HTTP date (RFC 9110, 10.2.3).
 * @returns undefined when it says nothing, nothing readable, or a time that is over
 */
export const retryAfterIn = (headers: Readonly<Record<string, string>>, now: Date): Date | undefined => {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const at = /^\d{1,9}$/.test(value) ? now.getTime() + Number(value) * SECOND_MS : Date.parse(value);
  return at > now.getTime() ? new Date(at) : undefined;
};
