import { normaliseEmail } from '../../../kernel/email-address.js';
import { formulaIn, restored } from '../../../kernel/csv/formula.js';
import type { CsvRecord, RowProblem } from '../../../kernel/csv/csv-record.js';
import { isLanguage } from '../language.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { MAX_TAG_TEXT, MAX_TAGS, readAttribute } from './attributes.js';
import type { ImportColumn } from './import-columns.js';
import type { ImportPerson } from './subscriber-import.js';

/** What a row is read with besides its columns. */
export interface RowReading {
  readonly columns: readonly ImportColumn[];
  /** Reads a number; undefined when it is none. */
  readonly phone: (given: string) => string | undefined;
  /** Given to everyone in the file. */
  readonly tags: readonly string[];
}

/** A row as it was understood: a person, or everything that is wrong with it. */
export type ReadRow = { readonly person: ImportPerson } | { readonly problems: readonly RowProblem[] };

const MAX_EVIDENCE = 2_000;

/** Reads one row. Empty cells say nothing; the address must be there. */
export const readRow = ({ cells }: CsvRecord, reading: RowReading): ReadRow => {
  const draft = new Draft(reading);
  for (const column of reading.columns) draft.take(column, cells[column.index] ?? '');
  return draft.result();
};

class Draft {
  private readonly problems: RowProblem[] = [];
  private readonly attributes: Record<string, string | number | boolean> = {};
  private readonly person: { -readonly [Key in keyof ImportPerson]?: ImportPerson[Key] } = {};
  private emailColumn = '';

  constructor(private readonly reading: RowReading) {}

  take({ header, target }: ImportColumn, raw: string): void {
    if ('field' in target && target.field === 'email') this.emailColumn = header;
    const cell = restored(raw).trim();
    if (cell === '') return;
    if (cell.includes('\u0000') || !cell.isWellFormed())
      return this.fault(header, 'cell.broken_text', 'The cell holds characters that are no text. Type it anew.');
    if ('attribute' in target) return this.takeAttribute(header, target, cell);
    this.takeField(header, target.field, cell);
  }

  result(): ReadRow {
    const { email } = this.person;
    if (email === undefined && this.problems.length === 0)
      this.fault(this.emailColumn, 'row.no_email', 'The row has no address. Fill it in or drop the row.');
    if (this.problems.length > 0 || email === undefined) return { problems: this.problems };
    const tags = [...new Set([...this.reading.tags, ...(this.person.tags ?? [])])].slice(0, MAX_TAGS);
    return {
      person: {
        ...this.person,
        email,
        ...(tags.length > 0 ? { tags } : {}),
        ...(Object.keys(this.attributes).length > 0 ? { attributes: this.attributes } : {}),
      },
    };
  }

  private takeAttribute(
    header: string,
    { attribute, type }: Extract<ImportColumn['target'], { attribute: string }>,
    cell: string,
  ): void {
    if (formulaIn(cell) !== undefined)
      return this.fault(header, 'cell.formula', 'The cell is a formula or a failed one. Paste its value as text.');
    const value = readAttribute(cell, type);
    if (value === undefined) return this.fault(header, `cell.not_${type}`, NOT_OF_TYPE[type]);
    this.attributes[attribute] = value;
  }

  private takeField(header: string, field: keyof typeof READERS, cell: string): void {
    const { read, code, message } = READERS[field];
    const value = read(cell, this.reading);
    if (value === undefined) return this.fault(header, code, message);
    Object.assign(this.person, { [field]: value });
  }

  private fault(column: string, code: string, message: string): void {
    this.problems.push({ ...(column === '' ? {} : { column }), code, message });
  }
}

const NOT_OF_TYPE = {
  text: 'The text is longer than 500 characters. Shorten it.',
  number: 'This is no number. Write it with digits and a point, such as 12.5.',
  boolean: 'This is neither yes nor no. Write true or false.',
} as const;

const tagsIn = (cell: string): readonly string[] | undefined => {
  const tags = cell
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tags.length <= MAX_TAGS && tags.every((tag) => tag.length <= MAX_TAG_TEXT) ? tags : undefined;
};

const proof = (cell: string): string | undefined => (cell.length <= MAX_EVIDENCE ? cell : undefined);
const LONG_PROOF = { read: proof, code: 'cell.evidence_too_long', message: `At most ${MAX_EVIDENCE} characters.` };

interface FieldReader {
  readonly read: (cell: string, reading: RowReading) => string | readonly string[] | undefined;
  readonly code: string;
  readonly message: string;
}

const READERS = {
  email: {
    read: normaliseEmail,
    code: 'cell.bad_email',
    message: 'This is not an email address. Check it for typing errors.',
  },
  phone: {
    read: (cell, { phone }) => phone(cell),
    code: 'cell.bad_phone',
    message: 'This is no telephone number that exists. Write it as +33612345678, or send phoneCountry.',
  },
  language: {
    read: (cell) => (isLanguage(cell) ? cell : undefined),
    code: 'cell.bad_language',
    message: 'This is no language tag. Write it as en or pt-BR.',
  },
  zone: {
    read: (cell) => (isTimeZone(cell) ? cell : undefined),
    code: 'cell.bad_zone',
    message: 'This is no IANA time zone. Write it as Europe/Paris.',
  },
  tags: { read: tagsIn, code: 'cell.bad_tags', message: `At most ${MAX_TAGS} tags of ${MAX_TAG_TEXT} characters.` },
  evidence: LONG_PROOF,
  phoneEvidence: LONG_PROOF,
} satisfies Record<string, FieldReader>;
