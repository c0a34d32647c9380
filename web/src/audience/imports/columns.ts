/** What a column may be read as; `''`: not at all. */
export const TARGETS = ['email', 'phone', 'language', 'zone', 'tags', 'evidence', 'phoneEvidence'] as const;

/** As the server guesses (`import-columns.ts` of the audience). Proofs of consent are never guessed: a person says which column is one. */
const GUESSES: Readonly<Record<string, string>> = {
  ...{ email: 'email', mail: 'email', emailaddress: 'email', subscriberemail: 'email' },
  ...{ phone: 'phone', phonenumber: 'phone', mobile: 'phone', mobilephone: 'phone', sms: 'phone' },
  ...{ language: 'language', lang: 'language', locale: 'language' },
  ...{ zone: 'zone', timezone: 'zone', tz: 'zone' },
  ...{ tags: 'tags', tag: 'tags', labels: 'tags' },
  ...{ name: 'attributes.name', fullname: 'attributes.name' },
  ...{ firstname: 'attributes.first_name', lastname: 'attributes.last_name' },
};

const bare = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A first proposal for every column; each target once, the first column that fits. */
export const guessMapping = (header: readonly string[]): Readonly<Record<string, string>> => {
  const taken = new Set<string>();
  return Object.fromEntries(
    header.map((name) => {
      const target = GUESSES[bare(name)] ?? '';
      if (target === '' || taken.has(target)) return [name, ''];
      taken.add(target);
      return [name, target];
    }),
  );
};

/** The mapping as the API wants it: without the columns that are not read. */
export const toMapping = (chosen: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(chosen).filter(([, target]) => target !== ''));

const DELIMITERS = [',', ';', '\t'] as const;

/** The fields of one line, quotes respected. */
const split = (line: string, delimiter: string): string[] => {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (const [at, character] of [...line].entries()) {
    if (character === '"') isQuoted = !isQuoted && (at === 0 || field === '') ? true : false;
    else if (character === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = '';
    } else field += character;
  }
  return [...fields, field.trim()];
};

/**
 * Names of the columns, from the beginning of a CSV file; the delimiter is the one that makes the most columns.
 * The server reads the file by itself: this only fills the form.
 */
export const headerOf = (beginning: string): readonly string[] => {
  const [line = ''] = beginning.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const tries = DELIMITERS.map((delimiter) => split(line, delimiter));
  const widest = tries.reduce((best, one) => (one.length > best.length ? one : best));
  return widest.filter((name) => name !== '');
};
