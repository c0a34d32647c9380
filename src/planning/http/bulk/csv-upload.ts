import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../../../infra/http/principal.js';
import { receiveFile } from '../../../library/index.js';
import { Idempotency, type IdempotencyCall } from '../../../workspaces/index.js';
import { requestHash } from '../../../workspaces/domain/idempotency-call.js';
import { PostImportDesk } from '../../application/bulk/post-import-desk.js';
import { ReceiveImport } from '../../application/bulk/receive-import.js';
import { csvTooLarge } from '../../../kernel/csv/csv.errors.js';
import { PostImports, type ReceivedImport } from '../../domain/bulk/post-imports.port.js';
import { type ImportPostsQuery, toImportSettings } from './import-posts.query.dto.js';
import { type PostImportDto, toPostImportDto } from './post-import.response.dto.js';

/** What the way in needs to know of this installation. */
export abstract class CsvLimits {
  /** Largest file, bytes. */
  abstract readonly maxBytes: number;
}

/** A form around a file is this much larger at most. */
const FORM_BYTES = 16_384;

/** What an upload led to. */
export interface CsvUploadResult {
  readonly item: PostImportDto;
  /** The same file was imported before; this is what became of it. */
  readonly isKnown: boolean;
}

/** One upload from the socket to the verdicts. */
@Injectable()
export class CsvUpload {
  constructor(
    private readonly receiving: ReceiveImport,
    private readonly desk: PostImportDesk,
    private readonly imports: PostImports,
    private readonly idempotency: Idempotency,
    private readonly limits: CsvLimits,
  ) {}

  /** @throws DomainError of `receiveFile`, `ReceiveImport.execute`, `PostImportDesk.settle`; nothing is stored then */
  async receive(
    request: Request,
    { principal, call, query }: { principal: Principal; call: IdempotencyCall; query: ImportPostsQuery },
  ): Promise<CsvUploadResult> {
    const { maxBytes } = this.limits;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES)
      throw csvTooLarge(maxBytes, 'CSV_MAX_BYTES');
    const wish = { settings: toImportSettings(query), badRows: query.badRows, maxBytes };
    const taker = {
      take: (source: Parameters<ReceiveImport['execute']>[1]) => this.receiving.execute(principal, source, wish),
      discard: ({ id }: ReceivedImport) => this.imports.drop(id),
    };
    const { fileName, taken } = await receiveFile(request, taker, { code: 'csv', thing: 'CSV file' });
    const received = { ...taken, fileName: fileName === undefined ? undefined : basename(fileName).slice(0, 200) };
    const bodyHash = requestHash(request.originalUrl, taken.fileHash.toString('hex'));
    let isKnown = false;
    const settle = () =>
      this.idempotency.run<PostImportDto>(principal, { ...call, bodyHash }, async (tx) => {
        const settled = await this.desk.settle(principal, { received, isDryRun: query.dryRun === 'true' }, tx);
        isKnown = settled.isKnown;
        return toPostImportDto(settled.item);
      });
    const item = await settle().catch(async (error: unknown) => {
      await this.imports.drop(taken.id);
      throw error;
    });
    // A replayed answer left this copy of the file where nobody sees it.
    if (item.id !== taken.id) await this.imports.drop(taken.id);
    return { item, isKnown };
  }
}
