import { z } from 'zod';
import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import { TELEGRAM_RULES, TELEGRAM_SOURCE } from './telegram.capabilities.js';
import type { VideoFields } from './telegram.client.js';

const options = z.object({
  /** How the caption is marked up; plain when left out. */
  parseMode: z.enum(['HTML']).optional(),
  /** True: no sound on the readers' phones. */
  disableNotification: z.boolean().optional(),
});
type TelegramOptions = z.infer<typeof options>;

const optionsOf = (draft: Pick<ContentDraft, 'options'>): TelegramOptions => {
  const read = options.safeParse(draft.options);
  return read.success ? read.data : {};
};

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The caption as it is counted: marks are gone, entities are one character. */
const shownCaption = (draft: Pick<ContentDraft, 'caption' | 'options'>): string =>
  optionsOf(draft).parseMode === undefined
    ? draft.caption
    : draft.caption.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** Limits broken by this content. */
export const checkMessage = (draft: ContentDraft): readonly Violation[] => {
  const read = options.safeParse(draft.options);
  const shown = { ...draft, caption: shownCaption(draft) };
  return [
    ...checkRules(shown, TELEGRAM_RULES),
    ...(read.success
      ? []
      : [
          {
            field: 'options',
            rule: 'options.shape',
            message: z.prettifyError(read.error),
            source: TELEGRAM_SOURCE,
          },
        ]),
  ];
};

/** The fields of `sendVideo` beside the video. */
export const fieldsOf = (content: PublishContent, chatId: string): VideoFields => {
  const { parseMode, disableNotification } = optionsOf(content);
  const { media } = content;
  return {
    chat_id: chatId,
    caption: content.caption,
    ...(parseMode === undefined ? {} : { parse_mode: parseMode }),
    ...(disableNotification === undefined ? {} : { disable_notification: disableNotification }),
    ...videoFieldsOf(media),
  };
};

/** What Telegram cannot always read out of the file itself. */
export const videoFieldsOf = (media: PublishContent['media']): VideoFields => ({
  width: media.width,
  height: media.height,
  duration: Math.round(media.durationMs / 1000),
  supports_streaming: true,
});
