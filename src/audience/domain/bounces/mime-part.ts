/** One part of a message, as far as reports need it. Never more than the first `MAX_MESSAGE_BYTES` are read. */
export interface MimePart {
  /** By lower-case name; unfolded, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** `type/subtype`, lower case. */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Bytes as Latin-1, line ends as LF, transfer encoding not removed. */
  readonly body: string;
  readonly parts: readonly MimePart[];
}

/** Reports are small; the copy of our mail at their end may be cut. */
export const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_HEADER_BYTES = 65_536;
const MAX_HEADERS = 500;
const MAX_DEPTH = 6;
const MAX_PARTS = 64;
const MAX_VALUE = 2_000;
const PARAMETER = /;\s*([\w-]{1,40})\s*=\s*(?:"([^"]*)"|([^\s;"]+))/g;

/** What is left of the work that one message may cost. */
interface Budget {
  parts: number;
}

/** Reads any bytes: what is no MIME is one part of text. Never throws; time grows with the length. */
export const readMime = (raw: Buffer): MimePart => {
  const text = raw.toString('latin1', 0, MAX_MESSAGE_BYTES).replace(/\r\n?/g, '\n');
  return readPart(text, { parts: MAX_PARTS }, MAX_DEPTH);
};

const readPart = (text: string, budget: Budget, depth: number): MimePart => {
  budget.parts -= 1;
  const end = endOfHeaders(text);
  const headers = readHeaders(text.slice(0, Math.min(end, MAX_HEADER_BYTES)));
  const body = text.slice(end).replace(/^\n/, '');
  const { type, parameters } = readContentType(headers.get('content-type')?.[0]);
  const boundary = parameters.boundary ?? '';
  const isSplit = type.startsWith('multipart/') && boundary !== '' && depth > 0;
  const parts = isSplit ? split(body, boundary, budget, depth - 1) : [];
  return { headers, type, parameters, body, parts };
};

/** Headers end at the first empty line; a text that begins with one has none. */
const endOfHeaders = (text: string): number => {
  if (text.startsWith('\n')) return 0;
  const at = text.indexOf('\n\n');
  return at < 0 ? text.length : at + 1;
};

/** Lines of a header block or of a report's fields, which are written alike (RFC 5322 2.2). */
export const readHeaders = (block: string): Map<string, string[]> => {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of block.split('\n', 4 * MAX_HEADERS)) {
    const isFolded = line.startsWith(' ') || line.startsWith('\t');
    const colon = line.indexOf(':');
    if (isFolded && last) last.push(`${(last.pop() ?? '').slice(0, MAX_HEADER_BYTES)} ${line.trim()}`);
    if (isFolded || colon <= 0 || headers.size >= MAX_HEADERS) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    last = headers.get(name) ?? [];
    last.push(line.slice(colon + 1).trim());
    headers.set(name, last);
  }
  return headers;
};

const readContentType = (header = 'text/plain'): { type: string; parameters: Record<string, string> } => {
  const value = header.slice(0, MAX_VALUE);
  const type = value.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, plain] of value.matchAll(PARAMETER))
    parameters[name.toLowerCase()] ??= quoted ?? plain ?? '';
  return { type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'text/plain', parameters };
};

const split = (body: string, boundary: string, budget: Budget, depth: number): MimePart[] => {
  const mark = `\n--${boundary}`;
  const text = `\n${body}`;
  const parts: MimePart[] = [];
  let from = text.indexOf(mark);
  while (from >= 0 && budget.parts > 0) {
    const start = text.indexOf('\n', from + mark.length);
    if (start < 0 || text.startsWith('--', from + mark.length)) break;
    const next = text.indexOf(mark, start);
    parts.push(readPart(text.slice(start + 1, next < 0 ? undefined : next), budget, depth));
    from = next;
  }
  return parts;
};

/** The part itself and all inside it, outermost first. */
export const allParts = (part: MimePart): readonly MimePart[] => [part, ...part.parts.flatMap(allParts)];

export const headerOf = (part: Pick<MimePart, 'headers'>, name: string): string | undefined =>
  part.headers.get(name)?.[0];
