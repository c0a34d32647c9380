import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { csvEmpty, csvTooLarge } from '../../../kernel/csv/csv.errors.js';
import { CsvFiles, type OpenCsv } from '../../../kernel/csv/csv.port.js';
import type { BrokenRecord, CsvRecord } from '../../../kernel/csv/csv-record.js';
import { chooseColumns } from '../../domain/lists/import-columns.js';
import {
  type ImportCounts,
  type ImportFileFacts,
  MAX_IMPORT_COLUMNS,
  MAX_IMPORT_ROWS,
  noImportCounts,
  type SubscriberImport,
  takesNoFile,
} from '../../domain/lists/subscriber-import.js';
import {
  type ImportName,
  type ReceivedFile,
  SubscriberImports,
  SubscriberImportWork,
} from '../../domain/lists/subscriber-imports.port.js';
import { JudgePeople } from './judge-people.js';

/** Rows that are judged and stored together. */
const CHUNK_ROWS = 1_000;

/** A file whose rows all have their verdict, seen by nobody yet. */
export interface JudgedFile {
  readonly received: Omit<ReceivedFile, 'fileName'>;
  readonly counts: ImportCounts;
}

/** Reads a file of people while it arrives: every row is judged, nobody is on the list yet. */
@Injectable()
export class ReceiveImportFile {
  constructor(
    private readonly imports: SubscriberImports,
    private readonly work: SubscriberImportWork,
    private readonly csv: CsvFiles,
    private readonly people: JudgePeople,
  ) {}

  /**
   * @throws DomainError `subscriber_import.not_found`, `subscriber_import.has_file`, and those of `csv.errors.ts` and
   *   `import-columns.ts`, after which the import waits for another file
   */
  async execute(name: ImportName, source: Readable, maxBytes: number): Promise<JudgedFile> {
    const item = await this.imports.get(name);
    if (!(await this.work.beginFile(name))) throw takesNoFile(item);
    try {
      return await this.judge(item, source, maxBytes);
    } catch (error) {
      await this.work.dropFile(name);
      throw error;
    }
  }

  /** Shows the verdicts of a file that arrived whole. @throws DomainError `subscriber_import.not_found` */
  async finish(name: ImportName, file: JudgedFile, fileName: string | undefined): Promise<SubscriberImport> {
    await this.work.endFile(name, { ...file.received, fileName }, file.counts);
    return this.imports.get(name);
  }

  /** The upload broke off after its last row was judged. */
  discard(name: ImportName): Promise<void> {
    return this.work.dropFile(name);
  }

  private async judge(item: SubscriberImport, source: Readable, maxBytes: number): Promise<JudgedFile> {
    const meter = new Meter(maxBytes);
    const { encoding, delimiter } = item.settings;
    const limits = { maxRows: MAX_IMPORT_ROWS, maxColumns: MAX_IMPORT_COLUMNS };
    const file = await this.csv.open(meter.measured(source), { encoding, delimiter, ...limits });
    const { facts, counts } = await this.judgeAll(item, file);
    return { received: { fileHash: meter.digest(), bytes: meter.bytes, facts }, counts };
  }

  /** While a chunk is stored the next one is read and judged. */
  private async judgeAll(item: SubscriberImport, { header, delimiter, encoding, stretches }: OpenCsv) {
    const columns = chooseColumns(header, item.settings.mapping);
    const judge = this.people.open(item, columns);
    const counts = noImportCounts();
    let storing = Promise.resolve();
    let total = 0;
    try {
      for await (const records of chunks(stretches)) {
        const rows = await judge(records);
        for (const { verdict } of rows) counts[verdict] += 1;
        total += rows.length;
        await storing;
        storing = this.work.addChunk(item, rows);
        // Whoever waits next hears of a fault; until then it must not count as unheard.
        storing.catch(() => undefined);
      }
    } finally {
      // After a fault too: what is dropped then must be all there is.
      await storing;
    }
    if (total === 0) throw csvEmpty();
    const read = new Set(columns.map(({ index }) => index));
    const facts: ImportFileFacts = {
      ...{ delimiter, encoding, header },
      columns: Object.fromEntries(columns.map(({ header: name, written }) => [name, written])),
      ignoredColumns: header.filter((_, index) => !read.has(index)),
    };
    return { facts, counts };
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
      if (this.bytes > this.maxBytes) throw csvTooLarge(this.maxBytes, 'LIST_CSV_MAX_BYTES');
      this.hash.update(chunk);
      yield chunk;
    }
  }

  digest(): Buffer {
    return this.hash.digest();
  }
}

async function* chunks(stretches: OpenCsv['stretches']): AsyncIterable<readonly (CsvRecord | BrokenRecord)[]> {
  let chunk: (CsvRecord | BrokenRecord)[] = [];
  for await (const stretch of stretches)
    for (const record of stretch) {
      chunk.push(record);
      if (chunk.length < CHUNK_ROWS) continue;
      yield chunk;
      chunk = [];
    }
  if (chunk.length > 0) yield chunk;
}
