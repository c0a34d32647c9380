import type { Provider } from '@nestjs/common';
import { Idempotency } from '../workspaces/index.js';
import { AdmitMedia } from './application/admit-media.js';
import { FetchImport } from './application/fetch-import.js';
import { FinishUpload } from './application/finish-upload.js';
import { ImportDesk } from './application/import-desk.js';
import { ImportMedia } from './application/import-media.js';
import { UploadDesk } from './application/upload-desk.js';
import { ImportQueue, MediaImports } from './domain/media-imports.port.js';
import { MediaStorage } from './domain/media-storage.port.js';
import { RemoteFiles } from './domain/remote-files.port.js';
import { ResumableUploads } from './domain/resumable-uploads.port.js';
import { MediaUpload } from './http/media-upload.js';
import { TusEdge } from './http/tus-edge.js';
import { BossImportQueue } from './infrastructure/boss-import-queue.js';
import { GuardedRemoteFiles } from './infrastructure/guarded-remote-files.js';
import { MediaImportsRepository } from './infrastructure/media-imports.repository.js';
import { ResumableUploadsRepository } from './infrastructure/resumable-uploads.repository.js';
import { ExpireUploadsJob } from './jobs/expire-uploads.job.js';
import { PurgeImportsJob } from './jobs/purge-imports.job.js';
import { ImportMediaJob } from './jobs/import-media.job.js';

/** What the way in needs to know of this installation. */
export abstract class IntakeSettings {
  /** Largest video taken, bytes. */
  abstract readonly maxBytes: number;
  /** Hosts and networks that addresses may lead to although they are not public. */
  abstract readonly fetchAllow: readonly string[];
}

type MediaUploadParts = [MediaStorage, ImportMedia, AdmitMedia, Idempotency, IntakeSettings];

/** The three ways in: one request, several requests, an address. */
export const INTAKE_PROVIDERS: Provider[] = [
  ImportMedia,
  AdmitMedia,
  {
    provide: MediaUpload,
    inject: [MediaStorage, ImportMedia, AdmitMedia, Idempotency, IntakeSettings],
    useFactory: (...[storage, imports, admit, idempotency, { maxBytes }]: MediaUploadParts) =>
      new MediaUpload(storage, imports, admit, idempotency, maxBytes),
  },

  { provide: ResumableUploads, useClass: ResumableUploadsRepository },
  FinishUpload,
  UploadDesk,
  {
    provide: TusEdge,
    inject: [UploadDesk, IntakeSettings],
    useFactory: (desk: UploadDesk, { maxBytes }: IntakeSettings) => new TusEdge(desk, maxBytes),
  },
  ExpireUploadsJob,
  PurgeImportsJob,

  { provide: MediaImports, useClass: MediaImportsRepository },
  { provide: ImportQueue, useClass: BossImportQueue },
  {
    provide: RemoteFiles,
    inject: [IntakeSettings],
    useFactory: ({ fetchAllow, maxBytes }: IntakeSettings) => new GuardedRemoteFiles({ allow: fetchAllow }, maxBytes),
  },
  ImportDesk,
  FetchImport,
  ImportMediaJob,
];
