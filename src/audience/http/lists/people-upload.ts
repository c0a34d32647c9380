import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { csvTooLarge } from '../../../kernel/csv/csv.errors.js';
import { receiveFile } from '../../../library/index.js';
import { type JudgedFile, ReceiveImportFile } from '../../application/lists/receive-import-file.js';
import type { SubscriberImport } from '../../domain/lists/subscriber-import.js';
import type { ImportName } from '../../domain/lists/subscriber-imports.port.js';

/** What the way in needs to know of this installation. */
export abstract class PeopleFileLimits {
  /** Largest file, bytes. */
  abstract readonly maxBytes: number;
}

/** A form around a file is this much larger at most. */
const FORM_BYTES = 16_384;
const MAX_NAME = 200;

/** One file of people from the socket to the verdicts. */
@Injectable()
export class PeopleUpload {
  constructor(
    private readonly receiving: ReceiveImportFile,
    private readonly limits: PeopleFileLimits,
  ) {}

  /** @throws DomainError of `receiveFile` and `ReceiveImportFile.execute`; the import then waits for another file */
  async receive(request: Request, name: ImportName): Promise<SubscriberImport> {
    const { maxBytes } = this.limits;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES)
      throw csvTooLarge(maxBytes, 'LIST_CSV_MAX_BYTES');
    const taker = {
      take: (source: Parameters<ReceiveImportFile['execute']>[1]) => this.receiving.execute(name, source, maxBytes),
      discard: (_: JudgedFile) => this.receiving.discard(name),
    };
    const { fileName, taken } = await receiveFile(request, taker, { code: 'csv', thing: 'CSV file' });
    return this.receiving.finish(
      name,
      taken,
      fileName === undefined ? undefined : basename(fileName).slice(0, MAX_NAME),
    );
  }
}
