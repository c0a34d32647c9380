import type { Media } from '../domain/media.js';
import { pictureBitsPerSecond, RENDER_FPS, RENDER_FRAME, RENDER_SOUND_BPS } from '../domain/rendition.js';

export const INPUT_FILE = 'input';
export const OUTPUT_FILE = 'output.mp4';
export const PICTURE_FILE = 'picture.jpg';

/** Threads of the coder: memory and processor time stay foreseeable. */
const THREADS = 2;
/** Where the small picture is taken, seconds. */
const PICTURE_AT = 1;
const PICTURE_WIDTH = 540;
/** Best quality worth its bytes; the bit rate caps it. */
const QUALITY = '20';

/** Reads one local file by the reader that its container needs, so that nothing in it can name another one. */
const reading = ({ mimeType }: Pick<Media, 'mimeType'>): readonly string[] => [
  '-hide_banner',
  '-nostdin',
  '-y',
  '-loglevel',
  'error',
  '-protocol_whitelist',
  'file,pipe',
  '-f',
  /matroska|webm/.test(mimeType) ? 'matroska' : 'mov',
];

const { width, height } = RENDER_FRAME;
const FRAME = [
  // Square pixels first, else the shape is judged by the wrong numbers.
  "scale=w='max(2,trunc(iw*sar/2)*2)':h=ih",
  'setsar=1',
  `scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`,
  `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
  'setsar=1',
  `fps=${RENDER_FPS}`,
  'format=yuv420p',
].join(',');

const pictures = (bitsPerSecond: number): readonly string[] => [
  ...['-vf', FRAME, '-c:v', 'libx264', '-profile:v', 'high', '-preset', 'fast', '-crf', QUALITY],
  ...['-maxrate', String(bitsPerSecond), '-bufsize', String(bitsPerSecond)],
  // A closed group of pictures every 2 s.
  ...['-g', String(2 * RENDER_FPS), '-flags', '+cgop', '-threads', String(THREADS)],
];

const SOUND = ['-c:a', 'aac', '-b:a', String(RENDER_SOUND_BPS), '-ar', '48000', '-ac', '2'];
/** First picture and first sound, nothing that travels along. */
const TRACKS = ['-map', '0:v:0', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];
/** The index in front, and no edit list, which some platforms misread. */
const CONTAINER = ['-movflags', '+faststart+negative_cts_offsets', '-use_editlist', '0', '-f', 'mp4'];

/** The common render (`platforms.md` section 8). */
export const renderArguments = (media: Pick<Media, 'mimeType' | 'durationMs'>): readonly string[] => [
  ...reading(media),
  '-i',
  `file:${INPUT_FILE}`,
  ...TRACKS,
  // A file that lies about its length ends here.
  ...['-t', String(media.durationMs / 1_000 + 1)],
  ...pictures(pictureBitsPerSecond(media.durationMs)),
  ...SOUND,
  ...CONTAINER,
  ...['-progress', 'pipe:1', '-nostats'],
  `file:${OUTPUT_FILE}`,
];

/** One JPEG. */
export const pictureArguments = (media: Pick<Media, 'mimeType' | 'durationMs'>): readonly string[] => [
  ...reading(media),
  ...(media.durationMs > PICTURE_AT * 1_000 ? ['-ss', String(PICTURE_AT)] : []),
  '-i',
  `file:${INPUT_FILE}`,
  ...['-map', '0:v:0', '-frames:v', '1', '-an', '-sn', '-dn', '-map_metadata', '-1'],
  ...['-vf', `scale=w='max(2,trunc(iw*sar/2)*2)':h=ih,setsar=1,scale=${PICTURE_WIDTH}:-2`],
  ...['-q:v', '4', '-threads', String(THREADS), '-f', 'image2', '-update', '1'],
  `file:${PICTURE_FILE}`,
];
