import { describe, expect, it } from '@jest/globals';
import { entryOf, headOf, reachOf, reportOf, targetOf } from '../../../../test/mothers/evidence.js';
import { escapeHtml } from '../../../kernel/escape-html.js';
import { linkOf } from './html-link.js';
import { evidenceAsCsv } from './evidence-csv.js';
import { evidenceAsHtml } from './evidence-html.js';
import { evidenceAsJson } from './evidence-json.js';
import type { EvidencePart, EvidenceWriter } from './evidence.js';

const written = (writer: EvidenceWriter, parts: readonly EvidencePart[] = reportOf()): string =>
  parts.map(writer.part).join('') + writer.end();

const HOSTILE = `"><script>alert('x')</script>&`;

/** Every text that people or platforms can write, hostile. */
const hostileReport = (): EvidencePart[] => [
  { kind: 'head', head: { ...headOf({ reason: HOSTILE, region: HOSTILE }), workspace: { id: 'w', name: HOSTILE } } },
  { kind: 'timeline', entry: entryOf({ text: HOSTILE, actor: HOSTILE, type: HOSTILE }) },
  {
    kind: 'target',
    target: targetOf({
      title: HOSTILE,
      account: HOSTILE,
      permalink: `javascript:alert(1)//${HOSTILE}`,
      error: { category: 'platform_error', detail: HOSTILE },
      attempts: [
        {
          ...{ no: 1, purpose: 'publish', state: 'unknown', createdAt: new Date(0) },
          ...{ platformCode: HOSTILE, requestId: HOSTILE, detail: HOSTILE },
        },
      ],
      replacements: [
        {
          targetId: 'r',
          platform: 'shorts',
          account: HOSTILE,
          status: 'published',
          permalink: `https://x.test/${HOSTILE}`,
        },
      ],
    }),
  },
  { kind: 'reach', row: reachOf({ account: HOSTILE }) },
  { kind: 'earlier_post', post: { ...targetOf({ title: HOSTILE }), publishedAt: new Date(0) } },
  { kind: 'decision', entry: entryOf({ subjectId: HOSTILE, type: HOSTILE, text: HOSTILE }) },
  { kind: 'signals', entry: entryOf({ text: HOSTILE }) },
];

describe('the report as a page', () => {
  it('keeps every text a text, and links only to the web', () => {
    const page = written(evidenceAsHtml(), hostileReport());
    expect(page).not.toContain('<script');
    expect(page).not.toContain(`href="javascript:`);
    expect(page).toContain('href="https://x.test/&quot;&gt;&lt;script&gt;');
  });

  it('is whole: every tag that opens closes, nothing is fetched', () => {
    const page = written(evidenceAsHtml());
    for (const tag of ['table', 'tbody', 'thead', 'tr', 'td', 'html', 'body', 'dl'])
      expect([tag, page.split(`<${tag}>`).length + page.split(`<${tag} `).length]).toEqual([
        tag,
        page.split(`</${tag}>`).length + 1,
      ]);
    expect(page).not.toMatch(/<(script|link|img|iframe)|url\(|@import/);
    expect(page).toContain('@media print');
  });

  it('shows each attempt with its codes and request id, and a target that was never tried', () => {
    const page = written(evidenceAsHtml());
    for (const shown of ['503', 'log-1', 'internal_error', 'never tried', '0 (in trouble)', '900'])
      expect(page).toContain(shown);
    expect(page).toContain('100 (middle half 80 to 130, 9 posts)');
  });

  it('says not enough history where it would have to guess', () => {
    const row = reachOf({ expected: { kind: 'not_enough_history', sampleSize: 2 } });
    const page = written(evidenceAsHtml(), [
      { kind: 'head', head: headOf() },
      { kind: 'reach', row },
    ]);
    expect(page).toContain('not enough history (2 of 5 posts)');
  });
});

describe('the report as JSON', () => {
  it('is one object with a list for every section, empty ones too', () => {
    const report = JSON.parse(written(evidenceAsJson())) as Record<string, unknown[]>;
    expect(Object.keys(report).slice(-7)).toEqual([
      ...['timeline', 'updates', 'targets', 'reach', 'earlierPosts', 'decisions', 'signals'],
    ]);
    expect(report.targets).toHaveLength(2);
    expect(report.updates).toEqual([]);
    expect(report.incident).toMatchObject({ platform: 'tiktok', openedAt: '2026-01-25T10:00:00.000Z' });
    expect(report.reach).toMatchObject([{ expectedTotal: 300, expected: { sampleSize: 9 } }]);
  });

  it('is whole with nothing in it', () => {
    const report = JSON.parse(written(evidenceAsJson(), [{ kind: 'head', head: headOf() }])) as Record<string, unknown>;
    expect(report.signals).toEqual([]);
  });
});

describe('the report as CSV', () => {
  const table = (parts?: readonly EvidencePart[]) => written(evidenceAsCsv(), parts).trimEnd().split('\r\n');

  it('has one line per attempt, and one for a target that was never tried', () => {
    const [header = '', ...lines] = table();
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      ...['timeline', 'attempt', 'attempt', 'target', 'reach', 'signals'],
    ]);
    const names = header.split(',');
    const first = lines[1]?.split(',') ?? [];
    expect([first[names.indexOf('httpStatus')], first[names.indexOf('requestId')]]).toEqual(['503', 'log-1']);
    expect(first[names.indexOf('viewsAfter')]).toBe('900');
    for (const line of lines) expect(line.split(',')).toHaveLength(names.length);
  });

  it('never begins a cell with a formula', () => {
    const [, line = ''] = table([
      { kind: 'head', head: headOf() },
      { kind: 'timeline', entry: entryOf({ text: '=HYPERLINK(1)' }) },
    ]);
    expect(line).toContain(`'=HYPERLINK(1)`);
  });
});

describe('escaping', () => {
  it('leaves no character that HTML reads', () => {
    expect(escapeHtml(`a<b>&"'`)).toBe('a&lt;b&gt;&amp;&quot;&#39;');
  });

  it('makes no link of anything but http', () => {
    expect(linkOf('data:text/html,x', 'y')).toBe('y');
    expect(linkOf('HTTPS://a.test/?a=1&b=2')).toContain('href="HTTPS://a.test/?a=1&amp;b=2"');
  });
});
