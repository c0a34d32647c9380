import { DomainError } from '../../kernel/domain-error.js';

export const tooLarge = (maxBytes: number): DomainError =>
  new DomainError(
    'too_large',
    'url.too_large',
    `The file behind this address is larger than ${maxBytes} bytes. Export it smaller, or raise MEDIA_MAX_BYTES on the server.`,
    { maxBytes },
  );

export const tooManyRedirects = (maxRedirects: number): DomainError =>
  new DomainError(
    'unprocessable',
    'url.too_many_redirects',
    `This address leads on more than ${maxRedirects} times. Give the address of the file itself.`,
  );

export const tooSlow = (): DomainError =>
  new DomainError(
    'unavailable',
    'url.too_slow',
    'The file comes too slowly. Try again later, or download it and upload it here.',
  );

/** A server that is in trouble may be well again soon; one that says no will say no again. */
export const answered = (status: number): DomainError =>
  new DomainError(
    status >= 500 || status === 429 || status === 408 ? 'unavailable' : 'unprocessable',
    'url.answered',
    `The server of this address answered ${status} instead of the file. ${ADVICE[status] ?? 'Check the address.'}`,
    { answered: status },
  );

const SHARE = 'Share the file so that anyone with the link can download it, or upload it here.';
const ADVICE: Readonly<Record<number, string>> = {
  401: SHARE,
  403: `The link may be over. ${SHARE}`,
  404: 'There is no such file any more. Check the address.',
  410: 'There is no such file any more. Check the address.',
  429: 'Try again later.',
};

const TOO_SLOW = ['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'];

/** Our refusal for what a connection can meet. */
export const refusalOf = (error: unknown): DomainError => {
  const codes = codesOf(error);
  if (codes.includes('ERR_ADDRESS_REFUSED')) return privateAddress();
  if (codes.some((code) => TOO_SLOW.includes(code))) return tooSlow();
  const why = codes[0] ?? (error as Error).name;
  return new DomainError(
    'unavailable',
    'url.unreachable',
    `This address does not give the file (${why}). Check that it opens in a browser, then try again.`,
  );
};

const privateAddress = (): DomainError =>
  new DomainError(
    'unprocessable',
    'url.refused',
    'This address cannot be used. It leads into a private network. Give a public https address.',
  );

/** An error with several causes (one for each address that was dialled) carries them inside. */
const codesOf = (error: unknown): string[] => {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = [...(Array.isArray(errors) ? (errors as unknown[]) : []), ...(cause === undefined ? [] : [cause])];
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap(codesOf)];
};
