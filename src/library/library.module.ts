import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { Idempotency, WorkspacesModule } from '../workspaces/index.js';
import { ImportMedia } from './application/import-media.js';
import { MediaLibrary } from './application/media-library.js';
import { PostLibrary } from './application/post-library.js';
import { SweepMediaFiles } from './application/sweep-media-files.js';
import { MediaProber } from './domain/media-prober.port.js';
import { MediaRecords } from './domain/media-records.port.js';
import { MediaStorage } from './domain/media-storage.port.js';
import { Posts } from './domain/posts.port.js';
import { MediaController } from './http/media.controller.js';
import { MediaUpload } from './http/media-upload.js';
import { chooseMediaStorage } from './infrastructure/choose-media-storage.js';
import { MediaRecordsRepository } from './infrastructure/media-records.repository.js';
import { MediabunnyProber } from './infrastructure/mediabunny.prober.js';
import { PostsRepository } from './infrastructure/posts.repository.js';
import { SweepMediaFilesJob } from './jobs/sweep-media-files.job.js';

@Module({
  imports: [WorkspacesModule],
  controllers: [MediaController],
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
    {
      provide: MediaUpload,
      inject: [MediaStorage, ImportMedia, Idempotency, AppConfig],
      useFactory: (storage: MediaStorage, imports: ImportMedia, idempotency: Idempotency, { env }: AppConfig) =>
        new MediaUpload(storage, imports, idempotency, env.MEDIA_MAX_BYTES),
    },
    MediaLibrary,
    PostLibrary,
    SweepMediaFiles,
    SweepMediaFilesJob,
  ],
  exports: [MediaLibrary, PostLibrary],
})
export class LibraryModule {}
