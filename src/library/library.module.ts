import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { Idempotency, WorkspacesModule } from '../workspaces/index.js';
import { AdmitMedia } from './application/admit-media.js';
import { FinishUpload } from './application/finish-upload.js';
import { ImportMedia } from './application/import-media.js';
import { MediaLibrary } from './application/media-library.js';
import { PostLibrary } from './application/post-library.js';
import { SweepMediaFiles } from './application/sweep-media-files.js';
import { UploadDesk } from './application/upload-desk.js';
import { MediaProber } from './domain/media-prober.port.js';
import { MediaRecords } from './domain/media-records.port.js';
import { MediaStorage } from './domain/media-storage.port.js';
import { Posts } from './domain/posts.port.js';
import { ResumableUploads } from './domain/resumable-uploads.port.js';
import { MediaController } from './http/media.controller.js';
import { MediaUpload } from './http/media-upload.js';
import { TusEdge } from './http/tus-edge.js';
import { UploadsController } from './http/uploads.controller.js';
import { chooseMediaStorage } from './infrastructure/choose-media-storage.js';
import { MediaRecordsRepository } from './infrastructure/media-records.repository.js';
import { MediabunnyProber } from './infrastructure/mediabunny.prober.js';
import { PostsRepository } from './infrastructure/posts.repository.js';
import { ResumableUploadsRepository } from './infrastructure/resumable-uploads.repository.js';
import { ExpireUploadsJob } from './jobs/expire-uploads.job.js';
import { SweepMediaFilesJob } from './jobs/sweep-media-files.job.js';

type MediaUploadParts = [MediaStorage, ImportMedia, AdmitMedia, Idempotency, AppConfig];

@Module({
  imports: [WorkspacesModule],
  controllers: [UploadsController, MediaController],
  providers: [
    {
      provide: MediaStorage,
      inject: [AppConfig],
      useFactory: ({ env }: AppConfig) => chooseMediaStorage(env),
    },
    { provide: MediaProber, useClass: MediabunnyProber },
    { provide: MediaRecords, useClass: MediaRecordsRepository },
    { provide: Posts, useClass: PostsRepository },
    ImportMedia,
    AdmitMedia,
    {
      provide: MediaUpload,
      inject: [MediaStorage, ImportMedia, AdmitMedia, Idempotency, AppConfig],
      useFactory: (...[storage, imports, admit, idempotency, { env }]: MediaUploadParts) =>
        new MediaUpload(storage, imports, admit, idempotency, env.MEDIA_MAX_BYTES),
    },
    { provide: ResumableUploads, useClass: ResumableUploadsRepository },
    FinishUpload,
    UploadDesk,
    {
      provide: TusEdge,
      inject: [UploadDesk, AppConfig],
      useFactory: (desk: UploadDesk, { env }: AppConfig) => new TusEdge(desk, env.MEDIA_MAX_BYTES),
    },
    ExpireUploadsJob,
    MediaLibrary,
    PostLibrary,
    SweepMediaFiles,
    SweepMediaFilesJob,
  ],
  exports: [MediaLibrary, PostLibrary],
})
export class LibraryModule {}
