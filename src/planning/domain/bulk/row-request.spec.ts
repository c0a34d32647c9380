import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { AccountBook } from './account-book.js';
import { METRICOOL } from './layouts/metricool.layout.js';
import { PERENNIAL } from './layouts/perennial.layout.js';
import { indexHeader, RowReader } from './layouts/row-reader.js';
import { buildRequest } from './row-request.js';

const account = (id: string, platform: AccountFacts['platform'], displayName: string): AccountFacts => ({
  ...{ id, platform, displayName, workspaceId: 'w', region: 'us', status: 'active', externalId: `${id}-x` },
});
const ID = '0198c0de-0000-7000-8000-000000000001';
const ACCOUNTS = [
  account('t1', 'tiktok', 'Tea'),
  account('t2', 'tiktok', 'Bread'),
  account('r1', 'reels', 'Tea'),
  account(ID, 'shorts', 'Tea'),
];

const rowOf = (cells: Readonly<Record<string, string>>, layout = PERENNIAL, chosen: readonly string[] = []) => {
  const reader = new RowReader(indexHeader(Object.keys(cells)), Object.values(cells));
  const columns = { media: 'mediaid', accounts: 'accounts' };
  const draft = layout.read(reader);
  const isSound = reader.problems.length === 0;
  const built = buildRequest(draft, { book: new AccountBook(ACCOUNTS, chosen), columns, isSound });
  const problems = [...reader.problems, ...built.problems].map(({ column, code }) => [column, code]);
  return { ...built, problems, warnings: reader.warnings.map(({ code }) => code) };
};

const GOOD = { caption: 'Tea', mediaId: ID };

describe('accounts of a row', () => {
  it('are found by id, by name and platform, and by a platform that has one', () => {
    const { request, problems } = rowOf({
      ...GOOD,
      accounts: `${ID}|tiktok:@bread|reels`,
      scheduledAt: '2036-01-01T10:00',
    });
    expect(problems).toEqual([]);
    expect(request.schedule.targets).toEqual([{ accountId: ID }, { accountId: 't2' }, { accountId: 'r1' }]);
  });

  it('are refused where a name or a platform means several, and where it means none', () => {
    const { problems } = rowOf({ ...GOOD, accounts: 'Tea|tiktok|skylight|nobody', scheduledAt: '2036-01-01T10:00' });
    expect(problems).toEqual([
      ['accounts', 'account.ambiguous'],
      ['accounts', 'account.ambiguous'],
      ['accounts', 'account.not_found'],
      ['accounts', 'account.not_found'],
    ]);
  });

  it('are those chosen for the file where the row names none, or only their platform', () => {
    const time = { scheduledAt: '2036-01-01T10:00' };
    expect(rowOf({ ...GOOD, ...time }, PERENNIAL, ['t2']).request.schedule.targets).toEqual([{ accountId: 't2' }]);
    const named = rowOf({ ...GOOD, ...time, accounts: 'tiktok' }, PERENNIAL, ['t2', 'r1']);
    expect(named.request.schedule.targets).toEqual([{ accountId: 't2' }]);
    expect(rowOf(GOOD, PERENNIAL, ['t2']).request.schedule.targets).toEqual([]);
  });

  it('must be somewhere once there is a time', () => {
    expect(rowOf({ ...GOOD, scheduledAt: '2036-01-01T10:00' }).problems).toEqual([['accounts', 'schedule.no_targets']]);
  });

  it('may lie on networks that are not served, as long as one is', () => {
    const cells = { Text: 'Tea', Date: '2036-01-01', Time: '10:00', 'Picture Url 1': 'https://a.example/b.mp4' };
    const both = rowOf({ ...cells, Facebook: 'TRUE', Instagram: 'TRUE' }, METRICOOL);
    expect([both.problems, both.warnings]).toEqual([[], ['row.network_left_out']]);
    expect(rowOf({ ...cells, Facebook: 'TRUE' }, METRICOOL).problems).toEqual([['facebook', 'row.no_network']]);
  });
});

describe('cells of a row', () => {
  it.each([
    [{ caption: '=HYPERLINK("https://x")' }, [['caption', 'cell.formula']]],
    [{ caption: '#REF!' }, [['caption', 'cell.failed_formula']]],
    [{ scheduledAt: '01/02/2036 10:00' }, [['scheduledat', 'cell.ambiguous_time']]],
    [{ scheduledAt: 'next Friday at 2 PM' }, [['scheduledat', 'cell.unreadable_time']]],
    [{ options: '{"a":' }, [['options', 'cell.not_json']]],
    [{ options: '[1]' }, [['options', 'cell.not_json']]],
    [{ variants: '{"myspace":{}}' }, [['variants', 'cell.unknown_platform']]],
    [{ kind: 'weekly' }, [['kind', 'cell.unknown_kind']]],
    [{ mediaId: 'clip.mp4' }, [['mediaid', 'media.bad_id']]],
    [{ mediaId: '' }, [['mediaid', 'media.missing']]],
    [{ mediaId: '', mediaUrl: 'https://a.example/cat.JPG?x=1' }, [['mediaid', 'media.not_a_video']]],
  ])('are refused for %j', (cells, problems) => {
    expect(rowOf({ ...GOOD, ...cells }).problems).toEqual(problems);
  });

  it('keep words behind an apostrophe that begin like a formula', () => {
    const { request, problems } = rowOf({ ...GOOD, caption: "'=1+1 is two", title: "'-5 degrees" });
    expect([request.caption, request.title, problems]).toEqual(['=1+1 is two', '-5 degrees', []]);
  });

  it('read tags between bars or as a JSON list', () => {
    expect(rowOf({ ...GOOD, tags: 'a | b|a|' }).request.tags).toEqual(['a', 'b']);
    expect(rowOf({ ...GOOD, tags: '["a|b","c"]' }).request.tags).toEqual(['a|b', 'c']);
  });
});
