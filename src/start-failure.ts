/** What errors of the system and of PostgreSQL carry beside their message. */
interface CodedError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
  /** One per address that was tried. */
  readonly errors?: readonly CodedError[];
}

const place = ({ address, port, errors }: CodedError): string =>
  address === undefined ? (errors?.[0] ? place(errors[0]) : 'that address') : [address, port].filter(Boolean).join(':');

const noDatabase = (error: CodedError) =>
  `DATABASE_URL: no database answers at ${place(error)}. Start it, or leave the variable empty for a private one.`;
const noLogin = () => 'DATABASE_URL: the database refuses this user or password.';
const noFolder = ({ path, code }: CodedError) =>
  path && `DATA_DIR: cannot write ${path} (${code}). Name a folder that this user may write.`;

/** Faults of the surroundings that a person can mend, by code (`errno(3)`; PostgreSQL appendix A). */
const EXPLANATIONS: Readonly<Record<string, (error: CodedError) => string | undefined>> = {
  EADDRINUSE: (error) =>
    `PORT: another process listens on ${place(error)}. Stop it, or set another PORT (0: any free one).`,
  EADDRNOTAVAIL: (error) => `HOST: this machine has no address ${place(error)}. Set HOST to one of its own.`,
  EACCES: (error) => noFolder(error) ?? `PORT: this user may not listen on ${place(error)}. Set a PORT above 1023.`,
  EROFS: noFolder,
  ENOTDIR: noFolder,
  EEXIST: noFolder,
  ECONNREFUSED: noDatabase,
  ETIMEDOUT: noDatabase,
  ENOTFOUND: () => 'DATABASE_URL: its host name is unknown. Check the spelling.',
  '28P01': noLogin,
  '28000': noLogin,
  '3D000': () => 'DATABASE_URL: the server has no such database. Create it first.',
};

/** Why the program could not start: a sentence where a person can mend it, else the whole fault for a bug report. */
export const explainStartFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const coded = error as CodedError;
  return EXPLANATIONS[coded.code ?? '']?.(coded) ?? error.stack ?? error.message;
};
