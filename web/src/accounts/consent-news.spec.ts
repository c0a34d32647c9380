import { describe, expect, it } from '@jest/globals';
import { readConsentNews } from './consent-news.ts';

const cookieOf = (news: unknown): string =>
  `theme=dark; consent_news=${Buffer.from(JSON.stringify(news)).toString('base64url')}`;

describe('readConsentNews', () => {
  it('reads what the server left, in every script', () => {
    const news = { platform: 'tiktok', code: 'account.consent_refused', text: 'Autorisez « publier » ✓', notices: [] };
    expect(readConsentNews(cookieOf(news))).toEqual(news);
  });

  it('takes nothing else for news', () => {
    expect(readConsentNews('theme=dark')).toBeUndefined();
    expect(readConsentNews('consent_news=%%%')).toBeUndefined();
    expect(readConsentNews(cookieOf(['tiktok']))).toBeUndefined();
  });
});
