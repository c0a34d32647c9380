import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aReroute, aStatus, anOutage } from '../../../../test/mothers/status-snapshot.mother.js';
import { pagePolicy } from '../../../infra/http/page-frame.js';
import type { StatusSnapshot } from '../../domain/status/status-snapshot.js';
import { statusFeed } from './status-feed.js';
import { colorsOf, headlineOf, statusPage } from './status-page.js';

const FORM = { formId: 'form-1', language: 'en', consentText: 'Mail me & mine.', smsConsentText: null };
const page = (snapshot: StatusSnapshot, language: 'en' | 'fr' = 'en', isLastCopy = false) =>
  statusPage({ snapshot, language, isLastCopy });
const down: StatusSnapshot['platforms'] = [{ name: 'TikTok', region: null, state: 'down' }];

describe('headlineOf', () => {
  it.each([
    [aStatus(), 'Everything goes out as planned', 'Tout sort comme prévu'],
    [aStatus({ platforms: down }), 'TikTok has trouble right now', 'TikTok a des difficultés en ce moment'],
    [
      aStatus({ platforms: down, videos: [aReroute()] }),
      'We are live here instead of TikTok',
      'Nous sommes en ligne ici, à la place de TikTok',
    ],
  ])('says what matters now', (snapshot, english, french) => {
    expect(headlineOf(snapshot, 'en')).toBe(english);
    expect(headlineOf(snapshot, 'fr')).toBe(french);
  });
});

describe('statusPage', () => {
  it('links the real copies and says in words how each platform does', () => {
    const html = page(aStatus({ platforms: down, videos: [aReroute()] }));
    expect(html).toContain('href="https://shorts.example/v?a=1&amp;b=2"');
    expect(html).toContain('Watch on YouTube Shorts');
    expect(html).toContain('Bread &amp; butter');
    expect(html).toContain('<span class="state bad">Is down</span>');
    expect(html).toContain('10:04 UTC, 27 January 2026');
  });

  it('escapes whatever comes from others', () => {
    const evil = '<script>alert(1)</script>"\'';
    const outage = anOutage({
      updates: anOutage().updates.map((update) => ({ ...update, text: evil, feature: evil })),
    });
    const place = { platformName: evil, url: `https://x.example/"${evil}`, insteadOf: 'TikTok' };
    const html = page(
      aStatus({
        workspaceName: evil,
        platforms: [{ name: evil, region: evil, state: 'down' }],
        videos: [aReroute({ title: evil, places: [place] })],
        incidents: [outage],
        signUps: [{ ...FORM, consentText: evil }],
      }),
    );
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toContain('"\'');
  });

  it('tells the age of a last copy and takes no sign-up that could not be stored', () => {
    const status = aStatus({ signUps: [FORM] });
    expect(page(status)).toContain('action="/join/form-1"');
    const last = page(status, 'en', true);
    expect(last).toContain('This is our last copy');
    expect(last).not.toContain('<form');
  });

  it('speaks French and leads to English', () => {
    const html = page(aStatus({ incidents: [anOutage()] }), 'fr');
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Panne de TikTok');
    expect(html).toContain('26 janvier 2026, 08:00 UTC');
    expect(html).toContain('<a href="?lang=en" hreflang="en" lang="en">English</a>');
  });

  it('wears the colour of the workspace and is let through by its own policy', () => {
    const status = aStatus({ brandColor: '#ffd43b' });
    const sheet = /<style>([^]*)<\/style>/.exec(page(status))?.[1] ?? '';
    expect(sheet).toContain('--brand:#ffd43b;--on-brand:#000000');
    const policy = pagePolicy({ colors: colorsOf(status), forms: true });
    expect(policy).toContain(`'sha256-${createHash('sha256').update(sheet).digest('base64')}'`);
    expect(policy).not.toMatch(/unsafe|script-src/);
  });
});

describe('statusFeed', () => {
  it('is news again with each update, and holds nothing that XML cannot', () => {
    const updates = anOutage().updates.map((update) => ({ ...update, text: 'Back \u0007 & well' }));
    const feed = statusFeed(aStatus({ incidents: [anOutage({ updates })] }), 'en', 'https://p.example/status/studio');
    expect(feed.match(/<updated>2026-01-26T21:00:00.000Z<\/updated>/g)).toHaveLength(2);
    expect(feed).toContain('<title>Studio &lt;Nord&gt;: status</title>');
    expect(feed).toContain('Back  &amp; well');
    expect(feed).toContain('https://p.example/status/studio?lang=en#i-01990000-0000-7000-8000-000000000001');
  });
});
