export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** `sep=;` on the first line: an order to Excel, shown by no spreadsheet as a row. */
const ORDER = /^sep=([,;\t])\r?(?:\n|$)/i;

export interface Sniffed {
  readonly delimiter: Delimiter;
  /** What stands before the header and belongs to nobody. */
  readonly prologue: string;
}

/**
 * Which delimiter a file uses, by its first line: the one that splits it most often outside quotes; a comma in doubt.
 * @param head the first characters of the file, its whole first line if that is not monstrous
 */
export const sniffDelimiter = (head: string): Sniffed => {
  const order = ORDER.exec(head);
  if (order) return { delimiter: order[1] as Delimiter, prologue: order[0] };
  const counts = countOutsideQuotes(head);
  const [best] = [...DELIMITERS].sort((one, other) => counts[other] - counts[one]);
  return { delimiter: best ?? ',', prologue: '' };
};

const countOutsideQuotes = (head: string): Record<Delimiter, number> => {
  const counts: Record<Delimiter, number> = { ',': 0, ';': 0, '\t': 0 };
  let isQuoted = false;
  for (const character of head) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === '\n' || character === '\r') break;
    if (Object.hasOwn(counts, character)) counts[character as Delimiter] += 1;
  }
  return counts;
};
