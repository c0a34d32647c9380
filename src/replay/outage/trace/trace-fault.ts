/** A trace that cannot be run, and where it is wrong. */
export class TraceFault extends Error {
  /** @param path of the first fault, for example `platforms.tiktok.phases[2].upload.errorRate`; empty: the whole file */
  constructor(
    readonly path: string,
    readonly detail: string,
  ) {
    super(path === '' ? `The trace is wrong: ${detail}.` : `The trace is wrong at ${path}: ${detail}.`);
  }
}

/** A path as people write it. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
