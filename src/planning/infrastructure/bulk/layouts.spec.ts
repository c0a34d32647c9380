import { createReadStream } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { CsvStreams } from '../../../infra/csv/csv-files.js';
import { AccountBook } from '../../domain/bulk/account-book.js';
import { isBroken, type RowProblem } from '../../../kernel/csv/csv-record.js';
import { buildRequest, type RowRequest } from '../../domain/bulk/row-request.js';
import { chooseLayout } from '../../domain/bulk/layouts/choose-layout.js';
import type { LayoutName } from '../../domain/bulk/layouts/layout.js';
import { RowReader } from '../../domain/bulk/layouts/row-reader.js';

const account = (id: string, platform: AccountFacts['platform']): AccountFacts => ({
  ...{
    id,
    platform,
    workspaceId: 'w',
    region: 'us',
    status: 'active',
    displayName: 'Tea house',
    externalId: `${id}-x`,
  },
});
const ACCOUNTS = [account('tok', 'tiktok'), account('reel', 'reels')];

interface ReadSample {
  readonly layout: LayoutName;
  readonly ignored: readonly string[];
  readonly requests: readonly RowRequest[];
  readonly problems: readonly (readonly RowProblem[])[];
}

const read = async (name: LayoutName, chosen: readonly string[] = []): Promise<ReadSample> => {
  const file = await new CsvStreams().open(createReadStream(`seeds/csv/${name}.csv`), {
    maxRows: 1_000,
    maxColumns: 300,
  });
  const { layout, header, ignoredColumns } = chooseLayout(file.header);
  const book = new AccountBook(ACCOUNTS, chosen);
  const requests: RowRequest[] = [];
  const problems: RowProblem[][] = [];
  for await (const stretch of file.stretches)
    for (const record of stretch) {
      if (isBroken(record)) throw new Error('The samples are whole.');
      const reader = new RowReader(header, record.cells);
      const built = buildRequest(layout.read(reader), { book, columns: { media: 'media', accounts: 'accounts' } });
      requests.push(built.request);
      problems.push([...reader.problems, ...built.problems]);
    }
  return { layout: layout.name, ignored: ignoredColumns, requests, problems };
};

const url = (clip: string) => `https://cdn.example.com/${clip}.mp4`;

describe('layouts, each by its own header', () => {
  it('reads our own: variants by column, an account’s own time, words that begin like a formula', async () => {
    const { layout, ignored, requests, problems } = await read('perennial');
    expect({ layout, ignored, problems }).toEqual({ layout: 'perennial', ignored: [], problems: [[], []] });
    expect(requests[0]).toMatchObject({
      ...{ kind: 'one_shot', title: 'Tea in a minute', tags: ['tea', 'kitchen'], mediaUrl: url('tea-in-a-minute') },
      caption: 'Tea in a minute: water first, leaves second.\nAnd no hurry.',
      options: { privacyLevel: 'PUBLIC_TO_EVERYONE' },
      variants: { shorts: { title: 'Tea #shorts' }, reels: { caption: 'Tea for Reels' } },
      schedule: {
        ...{ scheduledAt: '2036-05-04T18:30', timezone: 'Europe/Paris' },
        targets: [{ accountId: 'tok' }, { accountId: 'reel', scheduledAt: '2036-05-04T19:00' }],
      },
    });
    expect(requests[1]).toMatchObject({
      ...{ kind: 'evergreen', caption: '=one pot + one cup = enough', recycling: { cooldownDays: 30 } },
      schedule: { targets: [] },
    });
  });

  it('reads Publer: labels become tags, accounts are the file’s, a row without a date is a draft', async () => {
    const { layout, ignored, requests, problems } = await read('publer', ['tok']);
    expect({ layout, problems, ignored: ignored.length }).toEqual({ layout: 'publer', problems: [[], []], ignored: 7 });
    expect(requests).toMatchObject([
      {
        ...{ caption: 'Knot of the day: the bowline', title: 'Bowline', tags: ['knots', 'outdoors'] },
        mediaUrl: url('knot-of-the-day'),
        schedule: { scheduledAt: '2036-05-04T20:35', targets: [{ accountId: 'tok' }] },
      },
      { caption: 'Street at dawn', tags: ['city'], schedule: { targets: [] } },
    ]);
  });

  it('reads SocialBee: what has no time of its own comes back', async () => {
    const { layout, requests, problems } = await read('socialbee', ['reel']);
    expect({ layout, problems }).toEqual({ layout: 'socialbee', problems: [[], []] });
    expect(requests).toMatchObject([
      { kind: 'one_shot', schedule: { scheduledAt: '2036-05-05T09:15', targets: [{ accountId: 'reel' }] } },
      { kind: 'evergreen', mediaUrl: url('bread-timer'), schedule: { targets: [] } },
    ]);
  });

  it('reads Metricool: a column for each network, drafts without accounts', async () => {
    const { layout, requests, problems } = await read('metricool');
    expect({ layout, problems }).toEqual({ layout: 'metricool', problems: [[], []] });
    expect(requests).toMatchObject([
      {
        variants: { tiktok: { title: 'Tea' } },
        schedule: { scheduledAt: '2036-05-06T18:30:00', targets: [{ accountId: 'tok' }, { accountId: 'reel' }] },
      },
      { caption: 'Window garden', schedule: { targets: [] } },
    ]);
  });

  it('reads Buffer: one channel a file', async () => {
    const { layout, requests, problems } = await read('buffer', ['tok']);
    expect({ layout, problems }).toEqual({ layout: 'buffer', problems: [[], []] });
    expect(requests[1]).toMatchObject({
      ...{ tags: ['city', 'morning'], schedule: { scheduledAt: '2036-05-09T06:30', targets: [{ accountId: 'tok' }] } },
    });
  });

  it('reads MeetEdgar: categories become tags of evergreen posts that expire', async () => {
    const { layout, requests, problems } = await read('meetedgar');
    expect({ layout, problems }).toEqual({ layout: 'meetedgar', problems: [[], []] });
    expect(requests).toMatchObject([
      { kind: 'evergreen', tags: ['Tips'], recycling: { expireDate: '2037-01-01' } },
      { kind: 'evergreen', tags: ['Tips', 'Garden'] },
    ]);
  });

  it('reads Zernio: platforms times profiles, each with the columns of its platform', async () => {
    const { layout, requests, problems } = await read('zernio');
    expect({ layout, problems }).toEqual({ layout: 'zernio', problems: [[], []] });
    expect(requests).toMatchObject([
      {
        schedule: {
          ...{ scheduledAt: '2036-09-01T10:00', timezone: 'America/New_York' },
          targets: [
            { accountId: 'tok' },
            { accountId: 'reel', scheduledAt: '2036-09-01T11:30', caption: 'Tea for Instagram' },
          ],
        },
      },
      { kind: 'evergreen', schedule: { targets: [] } },
    ]);
  });
});

describe('chooseLayout', () => {
  it('refuses columns that nobody writes', () => {
    expect(() => chooseLayout(['a', 'b'])).toThrow(expect.objectContaining({ code: 'csv.unknown_layout' }));
  });

  it('names what a layout that was asked for lacks', () => {
    expect(() => chooseLayout(['Text'], 'buffer')).toThrow(
      expect.objectContaining({
        ...{ code: 'csv.missing_columns', context: { layout: 'buffer', missing: ['image url', 'posting time'] } },
      }),
    );
  });
});
