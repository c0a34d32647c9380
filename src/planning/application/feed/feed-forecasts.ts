import { Injectable } from '@nestjs/common';
import { derivedId, type PostId, type WorkspaceId } from '../../../kernel/ids.js';
import { PostLibrary } from '../../../library/index.js';
import type { FeedForecast } from '../../domain/feed/feed-forecast.js';
import { ForecastReader } from '../calendar/forecast-reader.js';
import { RecurrenceForecast } from '../recurring/recurrence-forecast.js';

type Foreseen = Pick<FeedForecast, 'id' | 'at' | 'why' | 'queueName'> & { readonly postId: PostId };

/** What queues and recurring posts will do beyond what is planned, with the words of their posts. */
@Injectable()
export class FeedForecasts {
  constructor(
    private readonly queues: ForecastReader,
    private readonly recurrences: RecurrenceForecast,
    private readonly library: PostLibrary,
  ) {}

  /** In order of time, at most `limit`. */
  async between(
    workspaceId: WorkspaceId,
    { limit, ...span }: { readonly from: Date; readonly until: Date; readonly limit: number },
  ): Promise<FeedForecast[]> {
    const { runs } = await this.queues.between(workspaceId, span);
    const recurring = await this.recurrences.between(workspaceId, span, limit);
    const foreseen: Foreseen[] = [
      ...runs.map(({ slotId, localDate, at, why, queueName, postId }) => {
        const id = derivedId('forecast', slotId, localDate);
        return { id, at, why, queueName, postId };
      }),
      ...recurring.map(({ localTime, at, why, postId }) => {
        const id = derivedId('forecast', postId, localTime);
        return { id, at, why, postId };
      }),
    ];
    const nearest = foreseen.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(0, limit);
    const posts = await this.library.snapshots(workspaceId, [...new Set(nearest.map(({ postId }) => postId))]);
    const byId = new Map(posts.map((post) => [post.id as string, post]));
    return nearest.flatMap(({ postId, ...run }) => {
      const post = byId.get(postId);
      if (!post) return [];
      const { title, caption, tags, updatedAt } = post;
      return [{ ...run, title, caption, tags, updatedAt }];
    });
  }
}
