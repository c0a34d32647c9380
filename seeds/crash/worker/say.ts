import { writeSync } from 'node:fs';

/** One JSON line on standard output, written before this returns: what follows may be our end. */
export const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);
