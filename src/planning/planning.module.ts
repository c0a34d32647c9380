import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { HealthModule } from '../health/index.js';
import { LibraryModule } from '../library/index.js';
import { PublishingModule } from '../publishing/index.js';
import { RoutingModule } from '../routing/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { APPROVAL_CONTROLLERS, APPROVAL_PROVIDERS } from './approvals.config.js';
import { BULK_CONTROLLERS, BULK_PROVIDERS } from './bulk.config.js';
import { CreatePost } from './application/create-post.js';
import { EditPost } from './application/edit-post.js';
import { ReadPosts } from './application/read-posts.js';
import { ReadReadiness } from './application/read-readiness.js';
import { ReviewPost } from './application/review-post.js';
import { ReviewSchedule } from './application/review-schedule.js';
import { RunPost } from './application/run-post.js';
import { StopPost } from './application/stop-post.js';
import { PostActionsController } from './http/post-actions.controller.js';
import { PostChangesController } from './http/post-changes.controller.js';
import { PostsController } from './http/posts.controller.js';
import { ReadinessController } from './http/readiness.controller.js';
import { queueControllers, queueProviders } from './queues.providers.js';
import { RECURRING_CONTROLLERS, RECURRING_PROVIDERS } from './recurring.providers.js';
import { FEED_CONTROLLERS, FEED_PROVIDERS } from './feed.providers.js';
import { TAG_CONTROLLERS, TAG_PROVIDERS } from './tags.providers.js';
import { DressPost } from './application/hashtags/dress-post.js';

@Module({
  imports: [WorkspacesModule, LibraryModule, AccountsModule, HealthModule, RoutingModule, PublishingModule],
  controllers: [
    ...BULK_CONTROLLERS,
    ...APPROVAL_CONTROLLERS,
    PostsController,
    PostChangesController,
    PostActionsController,
    ReadinessController,
    ...FEED_CONTROLLERS,
    ...TAG_CONTROLLERS,
    ...queueControllers,
    ...RECURRING_CONTROLLERS,
  ],
  providers: [
    ...BULK_PROVIDERS,
    ...APPROVAL_PROVIDERS,
    CreatePost,
    EditPost,
    ReadPosts,
    ReadReadiness,
    ReviewPost,
    ReviewSchedule,
    RunPost,
    StopPost,
    DressPost,
    ...FEED_PROVIDERS,
    ...TAG_PROVIDERS,
    ...queueProviders,
    ...RECURRING_PROVIDERS,
  ],
})
export class PlanningModule {}
