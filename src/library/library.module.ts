import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { ImportDesk } from './application/import-desk.js';
import { MediaLibrary } from './application/media-library.js';
import { PostLibrary } from './application/post-library.js';
import { ReadHostedMedia } from './application/read-hosted-media.js';
import { SweepMediaFiles } from './application/sweep-media-files.js';
import { HashtagSets } from './domain/hashtag-sets.port.js';
import { HostedLinks } from './domain/hosted-links.js';
import { LinkSettingsStore, Shortener } from './domain/links/links.port.js';
import { MediaProber } from './domain/media-prober.port.js';
import { MediaRecords } from './domain/media-records.port.js';
import { MediaStorage } from './domain/media-storage.port.js';
import { Posts } from './domain/posts.port.js';
import { Tags } from './domain/tags.port.js';
import { HostedMediaController } from './http/hosted-media.controller.js';
import { ImportsController } from './http/imports.controller.js';
import { MediaController } from './http/media.controller.js';
import { RenditionsController } from './http/renditions.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import { chooseMediaStorage } from './infrastructure/choose-media-storage.js';
import { MediaRecordsRepository } from './infrastructure/media-records.repository.js';
import { MediabunnyProber } from './infrastructure/mediabunny.prober.js';
import { ObservedMediaStorage } from './infrastructure/observed-media.storage.js';
import { PostsRepository } from './infrastructure/posts.repository.js';
import { SweepMediaFilesJob } from './jobs/sweep-media-files.job.js';
import { INTAKE_PROVIDERS, IntakeSettings } from './intake.providers.js';
import { LINK_CONTROLLERS, LINK_PROVIDERS } from './links.config.js';
import { RENDER_PROVIDERS, RenderSettings } from './render.providers.js';
import { WORDS_CONTROLLERS, WORDS_PROVIDERS } from './words.providers.js';

@Module({
  imports: [WorkspacesModule],
  controllers: [
    UploadsController,
    ImportsController,
    MediaController,
    RenditionsController,
    HostedMediaController,
    ...WORDS_CONTROLLERS,
    ...LINK_CONTROLLERS,
  ],
  providers: [
    {
      provide: MediaStorage,
      inject: [AppConfig, ProviderObservations],
      useFactory: async ({ env }: AppConfig, observations: ProviderObservations) =>
        new ObservedMediaStorage(await chooseMediaStorage(env), env.MEDIA_STORAGE, observations),
    },
    { provide: MediaProber, useClass: MediabunnyProber },
    { provide: MediaRecords, useClass: MediaRecordsRepository },
    { provide: Posts, useClass: PostsRepository },
    {
      provide: IntakeSettings,
      inject: [AppConfig],
      useFactory: ({ env }: AppConfig): IntakeSettings => ({
        maxBytes: env.MEDIA_MAX_BYTES,
        fetchAllow: env.FETCH_ALLOW,
      }),
    },
    ...INTAKE_PROVIDERS,
    {
      provide: HostedLinks,
      inject: [SecretBox, AppConfig],
      useFactory: (box: SecretBox, { env }: AppConfig) => new HostedLinks(box.derivedKey('hosted'), env.PUBLIC_URL),
    },
    ReadHostedMedia,
    MediaLibrary,
    PostLibrary,
    SweepMediaFiles,
    {
      provide: RenderSettings,
      inject: [AppConfig],
      useFactory: ({ env }: AppConfig): RenderSettings => ({
        program: env.FFMPEG_PATH,
        folder: join(env.DATA_DIR, 'render'),
        timeoutSeconds: env.RENDER_TIMEOUT_SECONDS,
        memoryMb: env.RENDER_MEMORY_MB,
      }),
    },
    ...RENDER_PROVIDERS,
    ...WORDS_PROVIDERS,
    ...LINK_PROVIDERS,
    SweepMediaFilesJob,
  ],
  exports: [ImportDesk, MediaLibrary, PostLibrary, Tags, HashtagSets, LinkSettingsStore, Shortener],
})
export class LibraryModule {}
