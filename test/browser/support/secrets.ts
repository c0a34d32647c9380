/** What no file and no answer may hold. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'the secret of our app at a platform': /sandbox-secret/,
  // Its prefix names it in journals and opens nothing; the secret stands behind the second underscore.
  'an API key': /prn_live_[0-9A-Za-z]{8}_\w/,
  'a password hash': /\$argon2(?:id|i|d)\$/,
  'a password in a URL': /\b(?:smtps?|imaps?|postgres(?:ql)?):\/\/[^\s"/:]+:[^\s"/@]+@/,
};

/** What no answer may hold; in files these are words of forms. */
const SECRET_FIELDS: Readonly<Record<string, RegExp>> = {
  'a token of a platform': /"(?:access_?token|refresh_?token|bot_?token|app_?password)"\s*:\s*"[^"]/i,
  'a stored secret': /"(?:password|passwordHash|cred_?enc|signingSecret|totpSecret|privateKey)"\s*:\s*"[^"]/i,
};

const kindsIn = (text: string, kinds: typeof SECRETS): string[] =>
  Object.entries(kinds)
    .filter(([, pattern]) => pattern.test(text))
    .map(([kind]) => kind);

/** Names of the kinds of secrets in an answer; none is what we want. */
export const secretsIn = (text: string): string[] => kindsIn(text, { ...SECRETS, ...SECRET_FIELDS });

/** The same of a page or a script. */
export const secretsInFile = (text: string): string[] => kindsIn(text, SECRETS);
