import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** A language is one file of this folder; adding the file and its name here is all there is to do. */
export const LANGUAGES = { en: 'English', fr: 'Français' } as const;

export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'perennial-language';

type Words = Readonly<Record<string, unknown>>;

/**
 * The build makes two of each file: what everybody hears at once, and the words of the other pages (`split-words.ts`).
 * The first of English come with the app: they stand behind every language.
 */
const AT_HAND = import.meta.glob<Words>('./en.json', { query: '?first', import: 'default', eager: true });
const FIRST = import.meta.glob<Words>(['./*.json', '!./en.json'], { query: '?first', import: 'default' });
const REST = import.meta.glob<Words>('./*.json', { query: '?rest', import: 'default' });

const isLanguage = (tag: string): tag is Language => tag in LANGUAGES;

/** What the person chose here before, else the first language of the browser that we have. */
const preferredLanguage = (): Language => {
  const wanted = [localStorage.getItem(KEPT_AS), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find((tag): tag is Language => tag != null && isLanguage(tag)) ?? 'en';
};

const i18n = createInstance();
/** Whether some page has asked for more than the first words. */
let isWhole = false;

const add = async (files: typeof FIRST, language: Language): Promise<void> => {
  const words = await files[`./${language}.json`]?.();
  if (words) i18n.addResourceBundle(language, 'translation', words, true, true);
};

/** English stands behind every language, for a word that its file lacks. */
const load = async (language: Language): Promise<void> => {
  const languages: readonly Language[] = [...new Set<Language>(['en', language])];
  const parts = isWhole ? [FIRST, REST] : [FIRST];
  await Promise.all(parts.flatMap((files) => languages.map((one) => add(files, one))));
};

/** Before any page but the first is drawn. */
export const loadAllWords = async (): Promise<void> => {
  if (isWhole) return;
  isWhole = true;
  await load(i18n.language as Language).catch((error: unknown) => {
    isWhole = false;
    throw error;
  });
};

export const setUpI18n = async (language: Language = preferredLanguage()): Promise<i18n> => {
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: { ...AT_HAND['./en.json'] } } },
    interpolation: { escapeValue: false },
  });
  await load(language);
  document.documentElement.lang = language;
  return i18n;
};

/** Goes over to a language and keeps the choice in this browser. */
export const changeLanguage = async (language: Language): Promise<void> => {
  await load(language);
  localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
};
