import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';
import { type ContentSource, freezeContent } from '../../publishing/domain/targets/frozen-content.js';
import type { Warning } from './finding.js';
import type { TargetRequest } from './plan-schedule.js';

/** What is known of one target of a run, at its place; no platform: no such account. */
export interface CommentedTarget {
  readonly platform: PlatformName | undefined;
  readonly own: Pick<TargetRequest, 'options'>;
}

/** Targets that were given a first comment which nobody can write there. */
export const firstCommentWarnings = (
  targets: readonly CommentedTarget[],
  source: ContentSource,
  canComment: (platform: PlatformName) => boolean,
): Warning[] =>
  targets.flatMap(({ platform, own }, index) => {
    if (platform === undefined || canComment(platform)) return [];
    const { options } = freezeContent(source, platform, own.options === undefined ? {} : { options: own.options });
    if (options['firstComment'] === undefined) return [];
    const message = `We write no first comment on ${platformTitle(platform)}: it is left out there. Say it in the caption.`;
    return [{ field: `targets.${index}.options.firstComment`, code: 'comment.unsupported', message }];
  });
