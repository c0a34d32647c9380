import type { StatusIncident, StatusSnapshot, StatusVideo } from '../../src/incidents/domain/status/status-snapshot.js';

/** A quiet day of a studio with TikTok and Shorts. */
export const aStatus = (change: Partial<StatusSnapshot> = {}): StatusSnapshot => ({
  slug: 'studio',
  workspaceName: 'Studio <Nord>',
  brandColor: null,
  asOf: '2026-01-27T10:04:30.000Z',
  platforms: [
    { name: 'TikTok', region: null, state: 'healthy' },
    { name: 'YouTube Shorts', region: null, state: 'healthy' },
  ],
  videos: [],
  incidents: [],
  signUps: [],
  ...change,
});

/** Meant for TikTok, live on Shorts. */
export const aReroute = (change: Partial<StatusVideo> = {}): StatusVideo => ({
  title: 'Bread & butter',
  publishedAt: '2026-01-27T09:00:00.000Z',
  places: [{ platformName: 'YouTube Shorts', url: 'https://shorts.example/v?a=1&b=2', insteadOf: 'TikTok' }],
  ...change,
});

export const anOutage = (change: Partial<StatusIncident> = {}): StatusIncident => ({
  id: '01990000-0000-7000-8000-000000000001',
  platformName: 'TikTok',
  worstState: 'down',
  openedAt: '2026-01-26T08:00:00.000Z',
  closedAt: '2026-01-26T20:30:00.000Z',
  updates: [
    {
      id: '01990000-0000-7000-8000-000000000002',
      feature: 'posting',
      status: 'resolved',
      text: 'All is back.',
      at: '2026-01-26T21:00:00.000Z',
    },
  ],
  ...change,
});
