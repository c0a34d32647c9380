import type { NewPost } from '../../library/domain/posts.port.js';
import type { ScheduleRequest } from './plan-schedule.js';

/** A post as asked for: its words, its video, and when it is to run; without targets a draft. */
export interface PostRequest extends Omit<NewPost, 'workspaceId'> {
  readonly schedule: ScheduleRequest;
  /** Sets whose hashtags are appended to the captions before the post is judged and stored. */
  readonly hashtagSetIds?: readonly string[];
}
