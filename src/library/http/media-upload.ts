import type { Request } from 'express';
import type { Principal } from '../../infra/http/principal.js';
import type { IdempotencyCall } from '../../workspaces/domain/idempotency-call.js';
import type { Idempotency } from '../../workspaces/index.js';
import type { AdmitMedia } from '../application/admit-media.js';
import type { ImportMedia } from '../application/import-media.js';
import type { MediaStorage } from '../domain/media-storage.port.js';
import { type MediaDto, toMediaDto } from './dto/media.dto.js';
import { receiveFile } from './receive-file.js';

/** What an upload led to. */
export interface UploadResult {
  readonly media: MediaDto;
  /** The bytes were here already. */
  readonly isKnown: boolean;
}

/** One upload from the socket to the row. */
export class MediaUpload {
  constructor(
    private readonly storage: MediaStorage,
    private readonly imports: ImportMedia,
    private readonly admit: AdmitMedia,
    private readonly idempotency: Idempotency,
    private readonly maxBytes: number,
  ) {}

  /** @throws DomainError of `receiveFile`, `AdmitMedia.run`, `Idempotency.run`; nothing is stored then */
  async receive(request: Request, principal: Principal, call: IdempotencyCall): Promise<UploadResult> {
    const { workspaceId } = principal;
    const {
      fileName,
      declaredType,
      taken: staged,
    } = await receiveFile(request, {
      take: (source) => this.storage.stage({ workspaceId, source, maxBytes: this.maxBytes }),
      discard: (taken) => this.storage.discard(taken.storageKey),
    });
    let isKnown = false;
    const media = await this.admit.run(staged, (facts) =>
      this.idempotency.run<MediaDto>(principal, { ...call, bodyHash: staged.sha256 }, async (tx) => {
        const stored = await this.imports.store({ workspaceId, fileName, declaredType, staged, facts }, tx);
        isKnown = stored.id !== staged.id;
        return toMediaDto(stored);
      }),
    );
    return { media, isKnown };
  }
}
