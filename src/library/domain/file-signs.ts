/** Why bytes are refused although, or because, something can be read from them. */
export type RefusalReason =
  /** A list of other files or addresses. */
  | 'playlist'
  /** A kind of file that is no video at all. */
  | 'other_file'
  /** A video that is something else too: a ZIP behind it, a page inside it. */
  | 'polyglot'
  /** Its pictures or sound lie in another file or at an address. */
  | 'external_reference';

export interface MediaRefusal {
  readonly reason: RefusalReason;
  /** What was found, as a noun: `a ZIP archive`. */
  readonly found: string;
}

const sign = (pattern: RegExp, reason: RefusalReason, found: string) => ({ pattern, reason, found });

/** What the first bytes of a file give away; read as Latin-1, one character a byte. */
const FIRST_BYTES = [
  sign(/^\s*#EXTM3U/, 'playlist', 'an M3U8 playlist'),
  sign(/^\s*ffconcat version/, 'playlist', 'a concat playlist'),
  sign(/^\s*\[playlist\]/i, 'playlist', 'a PLS playlist'),
  sign(
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:MPD|SmoothStreamingMedia|smil)\b/is,
    'playlist',
    'a stream manifest',
  ),
  sign(/^%PDF-/, 'other_file', 'a PDF'),
  sign(/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'other_file', 'a ZIP archive'),
  sign(/^\s*<(?:!doctype|html|head|body|script|svg|\?xml|\?php)/i, 'other_file', 'a page or script'),
  sign(/^#!/, 'other_file', 'a script'),
  sign(/^MZ/, 'other_file', 'a program'),
  sign(/^\x7fELF/, 'other_file', 'a program'),
  sign(/^(?:GIF8|\x89PNG|\xff\xd8\xff|BM....\x00\x00\x00\x00)/s, 'other_file', 'a picture'),
  sign(/^(?:Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ)/, 'other_file', 'an archive'),
] as const;

/** Things that have no business in the parts of a video that no player shows. */
const HIDDEN = [
  sign(/%PDF-\d/, 'polyglot', 'a PDF'),
  sign(/PK\x03\x04[\x00-\x3f]\x00/, 'polyglot', 'a ZIP archive'),
  sign(/<(?:!doctype html|html|head|body|script|svg|iframe|\?php)[\s>]/i, 'polyglot', 'a page or script'),
  sign(/#EXTM3U/, 'polyglot', 'an M3U8 playlist'),
] as const;

type Sign = (typeof FIRST_BYTES)[number];

const firstOf = (signs: readonly Sign[], bytes: Buffer): MediaRefusal | undefined => {
  const text = bytes.toString('latin1');
  const hit = signs.find(({ pattern }) => pattern.test(text));
  return hit && { reason: hit.reason, found: hit.found };
};

/** What a file is that begins with these bytes and is certainly no video. */
export const signAtStart = (bytes: Buffer): MediaRefusal | undefined => firstOf(FIRST_BYTES, bytes);

/** What hides in bytes that a player skips. */
export const signHidden = (bytes: Buffer): MediaRefusal | undefined => firstOf(HIDDEN, bytes);

/** Longest comment of a ZIP and its end record: where a reader of archives looks, from the end of the file. */
export const ZIP_TAIL_BYTES = 65_557;
const END_RECORD = Buffer.from('PK\x05\x06', 'latin1');
const END_RECORD_BYTES = 22;

/** True when the last bytes of a file hold the directory of a ZIP, so that archivers would open it. */
export const endsAsZip = (tail: Buffer): boolean => {
  for (let at = tail.lastIndexOf(END_RECORD); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(END_RECORD, at - 1)) {
    if (at + END_RECORD_BYTES > tail.length) continue;
    if (at + END_RECORD_BYTES + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
};

/** Container families by the end of a name. */
const FAMILY_BY_ENDING: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['mp4', 'm4v', 'mov', 'qt', '3gp', '3g2'].map((ending) => [ending, 'iso'])),
  ...Object.fromEntries(['webm', 'mkv'].map((ending) => [ending, 'matroska'])),
  ...Object.fromEntries(
    (
      'm3u m3u8 mpd pls xspf ffconcat html htm svg xml js mjs php sh py pdf zip jar apk rar 7z gz tar exe dll msi ' +
      'jpg jpeg png gif webp heic avif bmp mp3 wav m4a aac ogg flac avi wmv flv mpg mpeg ts doc docx xls xlsx txt json csv'
    )
      .split(' ')
      .map((ending) => [ending, 'other']),
  ),
};

/** Container families by bare media type. */
const familyOfType = (type: string): string | undefined => {
  if (/^video\/(?:mp4|quicktime|x-m4v|3gpp2?)$/.test(type)) return 'iso';
  if (/^video\/(?:webm|x-matroska|matroska)$/.test(type)) return 'matroska';
  if (type === '' || type === 'application/octet-stream' || type === 'application/mp4') return undefined;
  return 'other';
};

/** What a sender says of a file. */
export interface DeclaredFile {
  readonly fileName?: string | undefined;
  /** Media type, parameters allowed. */
  readonly type?: string | undefined;
}

/**
 * What the sender said, when the content is of another family; names without a known ending say nothing.
 * @param mimeType of the content
 */
export const contradiction = (declared: DeclaredFile, mimeType: string): string | undefined => {
  const actual = familyOfType(mimeType);
  const ending = /\.([a-z0-9]{1,8})$/i.exec(declared.fileName?.trim() ?? '')?.[1]?.toLowerCase() ?? '';
  const named = Object.hasOwn(FAMILY_BY_ENDING, ending) ? FAMILY_BY_ENDING[ending] : undefined;
  if (named !== undefined && named !== actual) return `.${ending}`;
  const type = (declared.type ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  const typed = familyOfType(type);
  return typed !== undefined && typed !== actual ? type : undefined;
};
