import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { BulkFacts } from './application/bulk/bulk-facts.js';
import { ChangeTargets } from './application/bulk/change-targets.js';
import { CreatePosts } from './application/bulk/create-posts.js';
import { ExportPosts } from './application/bulk/export-posts.js';
import { JudgeRows } from './application/bulk/judge-rows.js';
import { PlaceLostRuns } from './application/bulk/place-lost-runs.js';
import { PostImportDesk } from './application/bulk/post-import-desk.js';
import { ReadErrorFile } from './application/bulk/read-error-file.js';
import { ReceiveImport } from './application/bulk/receive-import.js';
import { ReviewPosts } from './application/bulk/review-posts.js';
import { RunImport } from './application/bulk/run-import.js';
import { SwitchPosts } from './application/bulk/switch-posts.js';
import { CsvFiles } from '../kernel/csv/csv.port.js';
import { LostRuns } from './domain/bulk/lost-runs.port.js';
import { ImportWork, PostImportQueue, PostImports } from './domain/bulk/post-imports.port.js';
import { BulkPostsController } from './http/bulk/bulk-posts.controller.js';
import { CsvLimits, CsvUpload } from './http/bulk/csv-upload.js';
import { PostFilesController } from './http/bulk/post-files.controller.js';
import { PostImportsController } from './http/bulk/post-imports.controller.js';
import { TargetBatchesController } from './http/bulk/target-batches.controller.js';
import { BossPostImportQueue } from './infrastructure/bulk/boss-post-import-queue.js';
import { CsvStreams } from '../infra/csv/csv-files.js';
import { ImportWorkRepository } from './infrastructure/bulk/import-work.repository.js';
import { LostRunsRepository } from './infrastructure/bulk/lost-runs.repository.js';
import { PostImportsRepository } from './infrastructure/bulk/post-imports.repository.js';
import { PostImportJob } from './jobs/bulk/post-import.job.js';

/** Before those of single posts: `/v1/posts/imports` is no post. */
export const BULK_CONTROLLERS = [
  PostImportsController,
  PostFilesController,
  BulkPostsController,
  TargetBatchesController,
];

/** Many posts at once: files, batches, exports. */
export const BULK_PROVIDERS: Provider[] = [
  { provide: CsvFiles, useClass: CsvStreams },
  { provide: PostImports, useClass: PostImportsRepository },
  { provide: ImportWork, useClass: ImportWorkRepository },
  { provide: PostImportQueue, useClass: BossPostImportQueue },
  {
    provide: CsvLimits,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig): CsvLimits => ({ maxBytes: env.CSV_MAX_BYTES }),
  },
  { provide: LostRuns, useClass: LostRunsRepository },
  ...[BulkFacts, ChangeTargets, CreatePosts, CsvUpload, ExportPosts, JudgeRows, PostImportDesk],
  ...[PlaceLostRuns, PostImportJob, ReadErrorFile, ReceiveImport, ReviewPosts, RunImport, SwitchPosts],
];
