import { describe, expect, it } from '@jest/globals';
import type { FeedDraft } from './feed.js';
import { readFeed } from './read-feed.js';

const NOW = new Date('2026-01-26T12:00:00Z');
type Of = Partial<Pick<FeedDraft, 'format' | 'service' | 'leastSeverity'>>;
const read = (of: Of, body: unknown, contentType = 'application/json') =>
  readFeed(
    { format: 'statuspage', leastSeverity: 'minor', ...of },
    { contentType, body: typeof body === 'string' ? body : JSON.stringify(body) },
    NOW,
  );

const page = (indicator: string, components: object[] = [], incidents: object[] = []) => ({
  status: { indicator, description: 'As it is' },
  components,
  incidents,
});

describe('a Statuspage', () => {
  it('is green without trouble and under maintenance', () => {
    expect(read({}, page('none'))).toEqual({ verdict: 'green' });
    expect(read({}, page('maintenance'))).toEqual({ verdict: 'green' });
  });

  it('says how bad it is, in which words, and since when', () => {
    const incidents = [{ name: 'Uploads fail', status: 'investigating', updated_at: '2026-01-26T11:00:00Z' }];
    expect(read({}, page('critical', [], incidents))).toEqual({
      verdict: 'red',
      news: [
        {
          id: 'page',
          severity: 'critical',
          summary: 'As it is. Uploads fail',
          updatedAt: new Date('2026-01-26T11:00:00Z'),
        },
      ],
    });
  });

  it('is judged by the component that was named, whatever ails the others', () => {
    const components = [
      { id: 'x1', name: 'API', status: 'operational' },
      { id: 'x2', name: 'Voice', status: 'major_outage' },
    ];
    expect(read({ service: 'api' }, page('critical', components))).toEqual({ verdict: 'green' });
    expect(read({ service: 'Voice' }, page('critical', components))).toMatchObject({ verdict: 'red' });
    expect(read({ service: 'Uploads' }, page('critical', components))).toMatchObject({ verdict: 'unknown' });
  });

  it('is green where its trouble is milder than what counts', () => {
    expect(read({ leastSeverity: 'major' }, page('minor'))).toEqual({ verdict: 'green' });
    expect(read({ leastSeverity: 'major' }, page('major'))).toMatchObject({ verdict: 'red' });
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['a page of HTML with status 200', {}, '<html></html>', 'text/html'],
    ['no JSON', {}, 'oops', 'application/json'],
    ['JSON of another shape', {}, { ok: true }, 'application/json'],
    ['a number', {}, '7', 'application/json'],
    ['an indicator that nobody knows', {}, page('purple'), 'application/json'],
    [
      'a status of Meta that nobody knows',
      { format: 'meta' } as const,
      [{ services: [{ id: 'x', status: 'Odd' }] }],
      '',
    ],
    ['no list where Google has one', { format: 'google' } as const, {}, ''],
    ['no monitors', { format: 'uptimerobot' } as const, { data: [] }, ''],
    ['XML that is no feed', { format: 'rss' } as const, '<a><item/></a>', 'application/xml'],
  ])('is unknown, never green: %s', (_, of, body, type) => {
    expect(read(of, body, type)).toMatchObject({ verdict: 'unknown', why: expect.stringMatching(/\.$/) });
  });
});

describe('words of strangers', () => {
  it('can be stored and shown, even those that nobody knows', () => {
    const odd = read({}, page('pur\u0000ple\ud83d'));
    expect(odd).toEqual({ verdict: 'unknown', why: 'Its indicator pur ple\ufffd is unknown.' });
  });
});

describe("Meta's list of services", () => {
  const orgs = [
    { services: [{ id: 'graph-api', name: 'Graph API', status: 'High disruptions', time: 1_769_428_800 }] },
    { services: [{ id: 'ads', name: 'Ads', status: 'No known issues', time: 1 }] },
  ];
  it('is red by the words of the service that was named', () => {
    expect(read({ format: 'meta', service: 'graph-api' }, orgs)).toMatchObject({
      verdict: 'red',
      news: [{ id: 'graph-api', severity: 'critical', updatedAt: new Date(1_769_428_800_000) }],
    });
    expect(read({ format: 'meta', service: 'ads' }, orgs)).toEqual({ verdict: 'green' });
  });
});

describe("Google's incidents", () => {
  const incident = (more: object) => ({
    id: 'g1',
    begin: '2026-01-26T10:00:00Z',
    service_name: 'Multiple',
    external_desc: 'Sign-in fails',
    severity: 'high',
    status_impact: 'SERVICE_OUTAGE',
    affected_products: [{ id: 'p1', title: 'Identity' }],
    ...more,
  });
  it('are red while they have no end, for a product that is affected', () => {
    expect(read({ format: 'google', service: 'Identity' }, [incident({})])).toMatchObject({
      verdict: 'red',
      news: [{ severity: 'critical', updatedAt: new Date('2026-01-26T10:00:00Z') }],
    });
    expect(read({ format: 'google', service: 'Spanner' }, [incident({})])).toEqual({ verdict: 'green' });
    expect(read({ format: 'google' }, [incident({ end: '2026-01-26T11:00:00Z' })])).toEqual({ verdict: 'green' });
  });
  it('are minor when they only inform', () => {
    const told = read({ format: 'google' }, [incident({ status_impact: 'SERVICE_INFORMATION' })]);
    expect(told).toMatchObject({ news: [{ severity: 'minor' }] });
  });
});

describe('monitors of UptimeRobot', () => {
  const monitors = {
    data: [
      { monitorId: 1, name: 'AppView', statusClass: 'danger' },
      { name: 'PDS', statusClass: 'success' },
    ],
  };
  it('are red when one is down', () => {
    expect(read({ format: 'uptimerobot' }, monitors)).toMatchObject({ verdict: 'red', news: [{ id: 'AppView' }] });
    expect(read({ format: 'uptimerobot', service: 'PDS' }, monitors)).toEqual({ verdict: 'green' });
  });
});

describe('RSS and Atom', () => {
  const rss = (...items: string[]) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`;
  const item = (title: string, text = '', date = 'Mon, 26 Jan 2026 11:00:00 GMT') =>
    `<item><title>${title}</title><description>${text}</description><guid>${title}</guid><pubDate>${date}</pubDate></item>`;
  const readRss = (body: string, of: Of = {}) => read({ format: 'rss', ...of }, body, 'application/rss+xml');

  it('is green without items', () => {
    expect(readRss(rss())).toEqual({ verdict: 'green' });
  });

  it('reads marked-up and escaped text, and how bad it is', () => {
    const told = readRss(rss(item('Graph API: High disruptions', '<![CDATA[<p>Posts fail &amp; wait</p>]]>')));
    expect(told).toMatchObject({
      verdict: 'red',
      news: [{ severity: 'critical', summary: 'Graph API: High disruptions: Posts fail & wait' }],
    });
  });

  it.each([
    ['that says it is over', item('[RESOLVED] Increased errors')],
    [
      'whose newest update says so',
      item('Errors', '&lt;p&gt;Resolved - all well&lt;/p&gt;&lt;p&gt;Investigating&lt;/p&gt;'),
    ],
    ['that announces maintenance', item('Scheduled work')],
    ['from long ago', item('Errors', '', 'Mon, 12 Jan 2026 11:00:00 GMT')],
  ])('leaves out an item %s', (_, xml) => {
    expect(readRss(rss(xml))).toEqual({ verdict: 'green' });
  });

  it('counts an item whose newest update still looks into it', () => {
    const told = readRss(rss(item('Errors', '&lt;p&gt;Monitoring&lt;/p&gt; earlier one was resolved')));
    expect(told).toMatchObject({ verdict: 'red', news: [{ severity: 'major' }] });
  });

  it('counts only items that name the component', () => {
    const both = rss(item('US East (Ashburn) network'), item('Tokyo compute'));
    expect(readRss(both, { service: 'ashburn' })).toMatchObject({ news: [{ summary: 'US East (Ashburn) network' }] });
    expect(readRss(rss(item('Tokyo compute')), { service: 'ashburn' })).toEqual({ verdict: 'green' });
  });

  it('reads Atom, with its own names for things', () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title type="html">API &#8211; errors</title>' +
      '<updated>2026-01-26T11:30:00Z</updated><link href="https://x.example/1"/><content>Identified</content></entry></feed>';
    expect(readRss(atom)).toMatchObject({
      news: [{ id: 'tag:1', summary: 'API – errors: Identified', updatedAt: new Date('2026-01-26T11:30:00Z') }],
    });
  });

  it('expands no entities, stores no control characters, and ends on a document cut short', () => {
    const hostile = `<rss><channel><item><title>&lol;\u0000 ${'x'.repeat(5_000)}</title></item><item><title>cut`;
    const told = readRss(hostile);
    expect(told).toMatchObject({ verdict: 'red', news: [{ summary: expect.stringMatching(/^&lol;\s+x+$/) }] });
  });

  it('takes a megabyte of open tags in its stride', () => {
    const startedAt = process.hrtime.bigint();
    readRss(`<rss>${'<item><title>'.repeat(80_000)}`);
    readRss(`<rss><item><title>${'<'.repeat(400_000)}</title></item>`);
    expect(process.hrtime.bigint() - startedAt).toBeLessThan(2_000_000_000n);
  });
});
