import type { z } from 'zod';
import { malformedHook } from '../../../domain/bounces/mail-hook.errors.js';
import type { MailProvider } from '../../../domain/bounces/mail-events.js';

/**
 * The body as `schema` reads it.
 * @throws DomainError `mail_hook.malformed` naming the first field that is wrong
 */
export const readHookJson = <T>(provider: MailProvider, text: string, schema: z.ZodType<T>): T => {
  const parsed = schema.safeParse(jsonOf(provider, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformedHook(provider, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'unreadable'}`);
};

const jsonOf = (provider: MailProvider, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformedHook(provider, 'it is not JSON');
  }
};
