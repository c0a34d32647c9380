/** Languages of the status page; another one is one more entry in `STATUS_WORDS`. */
export const STATUS_LANGUAGES = ['en', 'fr'] as const;
export type StatusLanguage = (typeof STATUS_LANGUAGES)[number];

const known = (tag: string): StatusLanguage | undefined =>
  STATUS_LANGUAGES.find((language) => language === tag.trim().toLowerCase().split('-')[0]);

/**
 * The language of a reader: what was asked for by name, else the first that the browser accepts most, else English.
 * @param accepted an Accept-Language header (RFC 9110, 12.5.4)
 */
export const chooseLanguage = (asked: string | undefined, accepted: string | undefined): StatusLanguage => {
  const byName = asked === undefined ? undefined : known(asked);
  if (byName) return byName;
  const wishes = (accepted ?? '')
    .slice(0, 500)
    .split(',')
    .flatMap((wish) => {
      const [tag = '', ...parameters] = wish.split(';');
      const language = known(tag);
      const weight = Number(/^\s*q\s*=\s*([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1);
      return language && weight > 0 ? [{ language, weight }] : [];
    });
  return wishes.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? 'en';
};
