import type { Provider } from '@nestjs/common';
import { SendFirstComments } from './application/comments/send-first-comments.js';
import { FirstComments } from './domain/comments/first-comments.port.js';
import { FirstCommentsRepository } from './infrastructure/comments/first-comments.repository.js';
import { FirstCommentsJob } from './jobs/comments/first-comments.job.js';

/** First comments under posts that are live. */
export const commentProviders: Provider[] = [
  { provide: FirstComments, useClass: FirstCommentsRepository },
  SendFirstComments,
  FirstCommentsJob,
];
