import { DomainError } from '../../../kernel/domain-error.js';
import { ATTRIBUTE_TYPES, type AttributeType, isAttributeName } from './attributes.js';

const FIELDS = ['email', 'phone', 'language', 'zone', 'tags', 'evidence', 'phoneEvidence'] as const;
export type ImportField = (typeof FIELDS)[number];

/** What a column of a file is read as. */
export type ColumnTarget =
  { readonly field: ImportField } | { readonly attribute: string; readonly type: AttributeType };

export interface ImportColumn {
  readonly header: string;
  readonly index: number;
  readonly target: ColumnTarget;
  /** As a mapping writes it. */
  readonly written: string;
}

/**
 * How common exports call their columns, without case, spaces and signs. Consent is never guessed: which column proves
 * it is for a person to say.
 */
const GUESSES: Readonly<Record<string, string>> = {
  ...{ email: 'email', mail: 'email', emailaddress: 'email', subscriberemail: 'email' },
  ...{ phone: 'phone', phonenumber: 'phone', mobile: 'phone', mobilephone: 'phone', sms: 'phone' },
  ...{ language: 'language', lang: 'language', locale: 'language' },
  ...{ zone: 'zone', timezone: 'zone', tz: 'zone' },
  ...{ tags: 'tags', tag: 'tags', labels: 'tags' },
  ...{ name: 'attributes.name', fullname: 'attributes.name' },
  ...{ firstname: 'attributes.first_name', lastname: 'attributes.last_name' },
};

const plain = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Which columns of a header are read, and as what. Headers are compared whole in a mapping, loosely in a guess; the
 * error columns of our own error file are passed over.
 * @throws DomainError `csv.no_email_column`, `import.unknown_column`, `import.bad_target`, `import.column_twice`
 */
export const chooseColumns = (
  header: readonly string[],
  mapping: Readonly<Record<string, string>> | undefined,
): readonly ImportColumn[] => {
  const columns = mapping ? byMapping(header, mapping) : byGuess(header);
  const twice = columns.find(({ written }, index) => columns.findIndex((one) => one.written === written) < index);
  if (twice) throw columnTwice(twice.written);
  if (!columns.some(({ written }) => written === 'email')) throw noEmailColumn(header);
  return columns;
};

const byMapping = (header: readonly string[], mapping: Readonly<Record<string, string>>): ImportColumn[] =>
  Object.entries(mapping).map(([name, written]) => {
    const index = header.indexOf(name);
    if (index < 0) throw unknownColumn(name, header);
    return { header: name, index, target: readTarget(written), written };
  });

const byGuess = (header: readonly string[]): ImportColumn[] =>
  header.flatMap((name, index) => {
    const written = Object.hasOwn(GUESSES, plain(name)) ? GUESSES[plain(name)] : undefined;
    return written === undefined ? [] : [{ header: name, index, target: readTarget(written), written }];
  });

/**
 * `email`, `phone` and so on, or `attributes.<name>` with `:number` or `:boolean` when it is no text.
 * @throws DomainError `import.bad_target`
 */
export const readTarget = (written: string): ColumnTarget => {
  const field = FIELDS.find((one) => one === written);
  if (field) return { field };
  const [, attribute, type = 'text'] = /^attributes\.(\w+)(?::(\w+))?$/.exec(written) ?? [];
  const known = ATTRIBUTE_TYPES.find((one) => one === type);
  if (attribute === undefined || !known || !isAttributeName(attribute)) throw badTarget(written);
  return { attribute, type: known };
};

const noEmailColumn = (header: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'csv.no_email_column',
    'No column of this file holds the addresses. Say which one by the mapping, for example {"E-Mail": "email"}.',
    { header: header.slice(0, 20) },
  );

const unknownColumn = (column: string, header: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'import.unknown_column',
    'The mapping names a column that the file does not have. Columns are compared letter by letter.',
    { column, header: header.slice(0, 20) },
  );

const badTarget = (target: string): DomainError =>
  new DomainError(
    'invalid',
    'import.bad_target',
    `A column can be read as ${FIELDS.join(', ')}, attributes.<name>, attributes.<name>:number or :boolean.`,
    { target: target.slice(0, 100) },
  );

const columnTwice = (target: string): DomainError =>
  new DomainError('invalid', 'import.column_twice', 'Two columns are read as the same thing. Keep one of them.', {
    target,
  });
