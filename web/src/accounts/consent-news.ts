/** What the server says of a consent that ended; see `src/accounts/http/consent-return.ts`. */
export interface ConsentNews {
  readonly platform: string;
  /** Of a refusal; absent when accounts were connected. */
  readonly code?: string;
  /** Why, in the server's words. */
  readonly text?: string;
  /** Limits the platform puts on the new accounts. */
  readonly notices: readonly string[];
}

const NAME = 'consent_news';

const isNews = (news: unknown): news is ConsentNews =>
  typeof news === 'object' &&
  news !== null &&
  'platform' in news &&
  typeof news.platform === 'string' &&
  'notices' in news &&
  Array.isArray(news.notices);

/** Reads it from `document.cookie`; undefined when it is not there, or is none of ours. */
export const readConsentNews = (cookies: string): ConsentNews | undefined => {
  const value = cookies
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
  if (value === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const news: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isNews(news) ? news : undefined;
  } catch {
    return undefined;
  }
};

/** What to set `document.cookie` to, so that it is told once. */
export const forgetConsentNews = (path: string): string => `${NAME}=; Max-Age=0; Path=${path}; SameSite=Lax`;
