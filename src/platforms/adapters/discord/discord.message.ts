import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft } from '../../domain/publish-content.js';
import { DISCORD_RULES, DISCORD_SOURCE } from './discord.capabilities.js';

const options = z.object({
  /** False: the words alone, for example with a link to the video elsewhere. */
  attachVideo: z.boolean().default(true),
});
export type DiscordOptions = z.infer<typeof options>;

const FALLBACK = options.parse({});

/** What the user chose; what is not readable was named by `checkMessage` before. */
export const optionsOf = (draft: Pick<ContentDraft, 'options'>): DiscordOptions => {
  const read = options.safeParse(draft.options);
  return read.success ? read.data : FALLBACK;
};

/** At most 25 characters, the same for every try of one target. */
export const nonceOf = (marker: string): string =>
  createHash('sha256').update(marker).digest('base64url').replace(/[-_]/g, '').slice(0, 24);

const VIDEO_TOO_LARGE =
  'Discord takes files up to 10 MiB. Use a smaller video, or set options.attachVideo to false and link to it in the caption.';

/** Limits broken by this content. */
export const checkMessage = (draft: ContentDraft): readonly Violation[] => {
  const read = options.safeParse(draft.options);
  const { attachVideo } = optionsOf(draft);
  const found = checkRules(draft, DISCORD_RULES)
    .filter(({ field }) => attachVideo || field !== 'media')
    .map((violation) =>
      violation.rule === 'video.max_bytes' ? { ...violation, message: VIDEO_TOO_LARGE } : violation,
    );
  return [
    ...found,
    ...(read.success ? [] : [violationOf('options', 'options.shape', z.prettifyError(read.error))]),
    ...(attachVideo || draft.caption.trim() !== ''
      ? []
      : [violationOf('caption', 'caption.required', 'A message without the video needs a caption. Write one.')]),
  ];
};

const violationOf = (field: string, rule: string, message: string): Violation => ({
  field,
  rule,
  message,
  source: DISCORD_SOURCE,
});
