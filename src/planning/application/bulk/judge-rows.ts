import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { AccountBook, isUuid } from '../../domain/bulk/account-book.js';
import type { ImportSettings } from '../../domain/bulk/post-import.js';
import { type KnownThings, PostImports } from '../../domain/bulk/post-imports.port.js';
import type { ChosenLayout } from '../../domain/bulk/layouts/choose-layout.js';
import { plainHeader, RowReader } from '../../domain/bulk/layouts/row-reader.js';
import { type BrokenRecord, type CsvRecord, isBroken, type RowProblem } from '../../../kernel/csv/csv-record.js';
import { buildRequest, type RowRequest } from '../../domain/bulk/row-request.js';
import { hintOf, problemOf, type RowVerdict, withoutEchoes } from '../../domain/bulk/row-verdict.js';
import { BulkFacts } from './bulk-facts.js';
import { type ReviewFacts, ReviewPosts } from './review-posts.js';

/** A row on its way to a verdict. */
interface OpenRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly problems: RowProblem[];
  readonly hints: readonly RowProblem[];
  readonly postId?: string;
  readonly request?: RowRequest;
  readonly digest?: string;
}

/** One file under judgement: what is asked of every row, and what its rows said so far. */
interface OpenFile {
  readonly workspaceId: WorkspaceId;
  readonly settings: ImportSettings;
  readonly chosen: ChosenLayout;
  readonly book: AccountBook;
  readonly facts: ReviewFacts;
  readonly seen: Map<string, number>;
  readonly header: readonly string[];
  /** The spelling of each column in the file. */
  readonly spelling: ReadonlyMap<string, string>;
}

/** A file to be judged. */
export type JudgedFile = Pick<OpenFile, 'workspaceId' | 'settings' | 'chosen' | 'header'>;

/** Says of every row of a file whether it can become a post: two look-ups for a stretch of rows, none for a row. */
@Injectable()
export class JudgeRows {
  constructor(
    private readonly facts: BulkFacts,
    private readonly review: ReviewPosts,
    private readonly imports: PostImports,
  ) {}

  /** @returns what judges one stretch after the other, in the order of the file */
  async open(file: JudgedFile): Promise<(stretch: readonly (CsvRecord | BrokenRecord)[]) => Promise<RowVerdict[]>> {
    const { list, ...facts } = await this.facts.read(file.workspaceId);
    const open: OpenFile = {
      ...file,
      facts: { ...facts, videos: new Map() },
      book: new AccountBook(list, file.settings.accountIds),
      seen: new Map(),
      spelling: new Map(file.header.map((name) => [plainHeader(name), name])),
    };
    return (stretch) => this.judge(open, stretch);
  }

  private async judge(file: OpenFile, stretch: readonly (CsvRecord | BrokenRecord)[]): Promise<RowVerdict[]> {
    const rows = stretch.map((record) => openRow(file, record));
    const requests = rows.flatMap(({ request }) => (request ? [request] : []));
    const [plans, known] = await Promise.all([
      this.review.execute(file.workspaceId, requests, file.facts),
      this.known(file, rows),
    ]);
    const left = [...plans].reverse();
    return rows.map((row) => {
      const plan = row.request ? left.pop() : undefined;
      const reviewed = (plan?.findings ?? []).map((finding) => problemOf(finding, file.chosen.layout));
      const found = withoutEchoes(reviewed, row.problems);
      const hints = [...row.hints, ...(plan?.warnings ?? []).map((warning) => hintOf(warning, file.chosen.layout))];
      const twin = twinOf(row, file, known);
      return verdictOf({ ...row, problems: [...row.problems, ...found], hints }, twin, file.spelling);
    });
  }

  private async known({ workspaceId, settings }: OpenFile, rows: readonly OpenRow[]): Promise<KnownThings | undefined> {
    if (settings.duplicates === 'allow') return undefined;
    const digests = rows.flatMap(({ digest }) => (digest === undefined ? [] : [digest]));
    const postIds = rows.flatMap(({ postId }) => (postId === undefined ? [] : [postId]));
    return this.imports.known(workspaceId, digests, postIds);
  }
}

const openRow = (file: OpenFile, record: CsvRecord | BrokenRecord): OpenRow => {
  if (isBroken(record)) return { row: record.row, cells: [], problems: [record.problem], hints: [] };
  const { layout, header } = file.chosen;
  const reader = new RowReader(header, record.cells);
  const draft = layout.read(reader);
  const columns = { media: layout.columns.media ?? 'media', accounts: layout.columns.accounts ?? 'accounts' };
  const { timezone } = file.settings;
  const { postId } = draft;
  const isSound = reader.problems.length === 0;
  const options = { book: file.book, columns, isSound, ...(timezone === undefined ? {} : { timezone }) };
  const built = buildRequest(draft, options);
  const digest = hash('sha256', JSON.stringify(built.request)).slice(0, 32);
  return {
    ...record,
    digest,
    problems: [...tooWide(record, file.header.length), ...badPostId(postId), ...reader.problems, ...built.problems],
    hints: reader.warnings,
    request: built.request,
    ...(postId === undefined || !isUuid(postId) ? {} : { postId: postId.toLowerCase() }),
  };
};

const badPostId = (postId: string | undefined): RowProblem[] =>
  postId === undefined || isUuid(postId)
    ? []
    : [
        {
          column: 'postid',
          code: 'post.bad_id',
          message: 'This is no id of a post. Leave the cell empty for a new one.',
        },
      ];

const tooWide = ({ cells }: CsvRecord, columns: number): RowProblem[] =>
  cells.slice(columns).every((cell) => cell.trim() === '')
    ? []
    : [
        {
          code: 'row.too_many_cells',
          message: `This row has ${cells.length} cells under ${columns} columns. Put cells that hold the delimiter in quotation marks.`,
        },
      ];

/** Who said the same before; a row that cannot be imported is nobody's twin. */
const twinOf = (row: OpenRow, file: OpenFile, known: KnownThings | undefined): RowProblem | undefined => {
  const { digest, postId } = row;
  if (digest === undefined || row.problems.length > 0) return undefined;
  const earlier = file.seen.get(digest);
  if (earlier !== undefined) return { code: 'row.duplicate', message: `Row ${earlier} says the same.` };
  file.seen.set(digest, row.row);
  const stored =
    known?.byDigest.get(digest) ?? (postId !== undefined && known?.postIds.has(postId) ? postId : undefined);
  if (stored === undefined) return undefined;
  const message = `This row is here already as post ${stored}. Send the file with duplicates=allow to have it twice.`;
  return { code: 'row.already_imported', message };
};

const verdictOf = (
  { row, cells, problems, hints, request, digest }: OpenRow,
  twin: RowProblem | undefined,
  spelling: ReadonlyMap<string, string>,
): RowVerdict => {
  const spelt = (list: readonly RowProblem[]) => list.map((problem) => inFile(problem, spelling));
  if (problems.length > 0) return { row, state: 'bad', problems: spelt(problems), cells };
  if (twin) return { row, state: 'duplicate', problems: [twin], cells };
  const found = { ...(request ? { request } : {}), ...(digest === undefined ? {} : { digest }) };
  return { row, state: 'ready', problems: spelt(hints), ...found };
};

/** The column as the file spells it; of `a|b` the one that the file has. */
const inFile = ({ column, ...problem }: RowProblem, spelling: ReadonlyMap<string, string>): RowProblem => {
  if (column === undefined) return problem;
  const names = column.split('|');
  const found = names.find((name) => spelling.has(name)) ?? names[0] ?? column;
  return { column: spelling.get(found) ?? found, ...problem };
};
