import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/ids.js';
import { csvEmpty, csvTooLarge } from '../../../kernel/csv/csv.errors.js';
import { CsvFiles, type OpenCsv } from '../../../kernel/csv/csv.port.js';
import { chooseLayout } from '../../domain/bulk/layouts/choose-layout.js';
import {
  type BadRowsRule,
  type FileFacts,
  type ImportSettings,
  MAX_COLUMNS,
  MAX_ROWS,
} from '../../domain/bulk/post-import.js';
import { PostImports, type ReceivedImport } from '../../domain/bulk/post-imports.port.js';
import type { BrokenRecord, CsvRecord } from '../../../kernel/csv/csv-record.js';
import type { Caller } from '../create-post.js';
import { JudgeRows } from './judge-rows.js';

/** Rows that are judged and stored together: so few that all they make dies young in memory. */
const BATCH_ROWS = 250;

/** How the file is to be read, and what is to be done about its bad rows. */
export interface ImportWish {
  readonly settings: ImportSettings;
  readonly badRows: BadRowsRule;
  /** Largest file, bytes. */
  readonly maxBytes: number;
}

/** Reads a file while it arrives: every row is judged and its verdict kept, where nobody sees it yet. */
@Injectable()
export class ReceiveImport {
  constructor(
    private readonly imports: PostImports,
    private readonly csv: CsvFiles,
    private readonly rows: JudgeRows,
  ) {}

  /** @throws DomainError of `csv.errors.ts` and `choose-layout.ts`; nothing is kept then */
  async execute({ workspaceId, actor }: Caller, source: Readable, wish: ImportWish): Promise<ReceivedImport> {
    const { settings, badRows, maxBytes } = wish;
    const id = newId();
    await this.imports.begin({ id, workspaceId, actor });
    try {
      const meter = new Meter(maxBytes);
      const file = await this.csv.open(meter.measured(source), {
        ...settings,
        maxRows: MAX_ROWS,
        maxColumns: MAX_COLUMNS,
      });
      const facts = await this.judgeAll({ id, workspaceId }, file, settings);
      const settingsHash = createHash('sha256').update(JSON.stringify(settings)).digest();
      return { id, workspaceId, fileHash: meter.digest(), settingsHash, bytes: meter.bytes, facts, settings, badRows };
    } catch (error) {
      await this.imports.drop(id);
      throw error;
    }
  }

  /** While a batch is stored the next one is read and judged. */
  private async judgeAll(
    { id, workspaceId }: Pick<ReceivedImport, 'id' | 'workspaceId'>,
    { header, delimiter, encoding, stretches }: OpenCsv,
    settings: ImportSettings,
  ): Promise<FileFacts> {
    const chosen = chooseLayout(header, settings.layout);
    const judge = await this.rows.open({ workspaceId, settings, chosen, header });
    let count = 0;
    let storing = Promise.resolve();
    for await (const batch of batches(stretches)) {
      const verdicts = await judge(batch);
      await storing;
      storing = this.imports.add(id, workspaceId, verdicts);
      // Whoever waits next hears of a fault; until then it must not count as unheard.
      storing.catch(() => undefined);
      count += batch.length;
    }
    await storing;
    if (count === 0) throw csvEmpty();
    const { layout, ignoredColumns } = chosen;
    return { layout: layout.name, delimiter, encoding, header, ignoredColumns };
  }
}

/** Counts and hashes what passes. */
class Meter {
  bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(private readonly maxBytes: number) {}

  /** @throws DomainError `csv.too_large` */
  async *measured(source: Readable): AsyncIterable<Buffer> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      this.bytes += chunk.length;
      if (this.bytes > this.maxBytes) throw csvTooLarge(this.maxBytes, 'CSV_MAX_BYTES');
      this.hash.update(chunk);
      yield chunk;
    }
  }

  digest(): Buffer {
    return this.hash.digest();
  }
}

async function* batches(stretches: OpenCsv['stretches']): AsyncIterable<(CsvRecord | BrokenRecord)[]> {
  let batch: (CsvRecord | BrokenRecord)[] = [];
  for await (const stretch of stretches) {
    batch.push(...stretch);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
