import { DomainError } from '../../kernel/domain-error.js';
import { RECIPE, RENDER_MAX_MS } from './rendition.js';

export const noRenderTool = (): DomainError =>
  new DomainError(
    'unprocessable',
    'rendition.no_tool',
    `This installation has no ffmpeg, so the file must be mended before it is uploaded. Export it as ${RECIPE}. ` +
      'Or install ffmpeg on the server (FFMPEG_PATH names it) and ask again.',
    {},
    [{ field: 'media', rule: 'rendition.tool', message: `Export the video as ${RECIPE}, then upload that file.` }],
  );

export const tooLongToRender = (durationMs: number): DomainError => {
  const message = `Videos up to ${RENDER_MAX_MS / 1_000} s are rendered; this has ${durationMs / 1_000} s. Cut it, then upload it again.`;
  const violation = { field: 'media', rule: 'rendition.duration_ms', limit: RENDER_MAX_MS, actual: durationMs };
  return new DomainError('unprocessable', 'rendition.too_long', message, {}, [{ ...violation, message }]);
};

export const isRendition = (): DomainError =>
  new DomainError(
    'conflict',
    'rendition.of_rendition',
    'This video is a rendition itself. Ask for one of the original instead.',
  );

export const noThumbnail = (problem: string): DomainError =>
  new DomainError('not_found', 'thumbnail.not_found', problem);
