/** Why a password is not taken. */
export type PasswordFault = 'too_short' | 'too_long' | 'too_simple' | 'holds_address';

/** Characters. NIST SP 800-63B-4, 3.1.1.2 (August 2025): at least 15 where the password is the only factor. */
export const PASSWORD_MIN = 15;
/** NIST asks for at least 64; the bound keeps the work of one request small. */
export const PASSWORD_MAX = 128;

/** "aaaaaaaaaaaaaaa" and "abcabcabcabcabc" are long and yet the first that is tried. */
const LEAST_DISTINCT = 6;
const LONGEST_PERIOD = 5;
/** Runs of neighbours on keyboards and in alphabets, both ways. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop'];
const LEAST_RUN = 4;
/** What begins lists of leaked passwords, and our own name. */
const COMMON = ['password', 'passwort', 'letmein', 'welcome', 'iloveyou', 'administrator', 'perennial'];
/** What must be left when runs and common words are taken out. */
const LEAST_LEFT = 6;

/** One spelling for the same typed characters (NIST SP 800-63B-4, 3.1.1.2: NFC or NFKC). */
export const normalisePassword = (given: string): string => given.normalize('NFKC');

/**
 * Length and guessability, no rules of composition (NIST SP 800-63B-4). A list of leaked passwords is not asked.
 * @param given as typed
 * @param email the person's, normalised
 * @returns undefined when it may be used
 */
export const passwordFault = (given: string, email: string): PasswordFault | undefined => {
  const password = normalisePassword(given);
  const characters = [...password];
  if (characters.length < PASSWORD_MIN) return 'too_short';
  if (characters.length > PASSWORD_MAX) return 'too_long';
  const plain = password.toLowerCase();
  if (isSimple(plain)) return 'too_simple';
  const local = email.slice(0, email.lastIndexOf('@'));
  const own = [email, local].filter((part) => part.length >= LEAST_RUN);
  return own.some((part) => isSimple(plain.replaceAll(part, ''))) ? 'holds_address' : undefined;
};

const isSimple = (plain: string): boolean => {
  if (new Set(plain).size < LEAST_DISTINCT || hasShortPeriod(plain)) return true;
  const left = COMMON.reduce((rest, word) => rest.replaceAll(word, ''), withoutRuns(plain));
  return left.length < LEAST_LEFT;
};

const hasShortPeriod = (text: string): boolean =>
  Array.from({ length: LONGEST_PERIOD }, (_, index) => index + 1).some(
    (period) => text.slice(period) === text.slice(0, -period),
  );

/** What is left when every run of neighbours is taken out. */
const withoutRuns = (text: string): string => {
  let left = '';
  for (let at = 0; at < text.length;) {
    const run = runAt(text, at);
    if (run < LEAST_RUN) left += text.charAt(at);
    at += run < LEAST_RUN ? 1 : run;
  }
  return left;
};

const runAt = (text: string, from: number): number => {
  let longest = 1;
  for (const row of ROWS.flatMap((one) => [one, [...one].reverse().join('')])) {
    let length = 0;
    while (from + length < text.length && row.includes(text.slice(from, from + length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
};

/** What a person is told. */
export const PASSWORD_SENTENCES: Readonly<Record<PasswordFault, string>> = {
  too_short: `The password needs at least ${PASSWORD_MIN} characters: a few words that do not belong together do well.`,
  too_long: `The password may have at most ${PASSWORD_MAX} characters.`,
  too_simple: 'This password is among the first that are guessed: repeated, in a row, or common. Take another one.',
  holds_address: 'This password is little more than your address. Take another one.',
};
