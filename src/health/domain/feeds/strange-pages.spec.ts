import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { judge } from './advisory.js';
import { FEED_FORMATS } from './feed.js';
import { readFeed } from './read-feed.js';

const NOW = new Date('2026-01-26T12:00:00Z');

/** Field names that the formats know, so that strange values land where they are read. */
const KEYS = 'status indicator components incidents name id services time begin end severity data statusClass'.split(
  ' ',
);
const strange = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e300,
      '',
      'major',
      'danger',
      'High disruptions',
      'critical',
      '2026-01-26T11:00:00Z',
    ),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  ),
})).value;
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<rss>',
        '<feed>',
        '<item>',
        '</item>',
        '<entry>',
        '<title>',
        '</title>',
        '<![CDATA[',
        ']]>',
        '&#x0;',
      ),
      fc.constantFrom('<pubDate>', '</pubDate>', 'Mon, 26 Jan 2026 11:00:00 GMT', '<', '>', '&', '&amp;', '&#1114112;'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => `<rss>${parts.join('')}`);

describe('pages of strangers, whatever they hold', () => {
  it('are red, green or unknown, in words that can be stored', () => {
    const body = fc.oneof(
      markup,
      strange.map((value) => JSON.stringify(value)),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FEED_FORMATS), body, fc.option(fc.string()), (format, text, service) => {
        const feed = { format, leastSeverity: 'minor' as const, ...(service === null ? {} : { service }) };
        const reading = readFeed(feed, { contentType: '', body: text }, NOW);
        expect(['red', 'green', 'unknown']).toContain(reading.verdict);
        const { knowledge } = judge(undefined, reading, NOW, 7_200_000);
        const said = knowledge.summary ?? '';
        expect(said.isWellFormed() && said.length <= 300 && !/[\p{Cc}]/u.test(said)).toBe(true);
        for (const { updatedAt } of reading.verdict === 'red' ? reading.news : [])
          expect(Number.isNaN(updatedAt?.getTime() ?? 0)).toBe(false);
      }),
      { numRuns: 600 },
    );
  });
});
