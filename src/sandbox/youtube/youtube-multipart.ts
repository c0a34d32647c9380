/** The two halves of a `multipart/related` upload. */
export interface RelatedParts {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly mediaType: string;
  readonly media: Buffer;
}

const BLANK_LINE = '\r\n\r\n';

/** Splits JSON and media of a simple upload (RFC 2387); undefined when the body is not that. */
export const readRelated = (contentType: string, body: Buffer): RelatedParts | undefined => {
  const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const [first, second, ...others] = partsOf(body, `--${boundary}`);
  if (!first || !second || others.length > 0) return undefined;
  try {
    const metadata: unknown = JSON.parse(first.content.toString('utf8'));
    if (typeof metadata !== 'object' || metadata === null) return undefined;
    return { metadata: metadata as Record<string, unknown>, mediaType: second.type, media: second.content };
  } catch {
    return undefined;
  }
};

const partsOf = (body: Buffer, delimiter: string): { type: string; content: Buffer }[] => {
  const parts = [];
  let from = body.indexOf(delimiter);
  while (from >= 0) {
    const to = body.indexOf(`\r\n${delimiter}`, from + delimiter.length);
    const head = body.indexOf(BLANK_LINE, from);
    if (to < 0 || head < 0 || head > to) break;
    const type = /content-type:\s*([^\r\n;]+)/i.exec(body.subarray(from, head).toString('latin1'))?.[1] ?? '';
    parts.push({ type: type.trim(), content: body.subarray(head + BLANK_LINE.length, to) });
    from = to + 2;
  }
  return parts;
};
