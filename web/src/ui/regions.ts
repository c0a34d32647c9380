import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Names of regions (`us`, `eu`) in the person's language. */
export interface Regions {
  /** "United States" */
  readonly title: (region: string) => string;
  /** "in the US", for the middle of a sentence. */
  readonly within: (region: string) => string;
}

const PARTS = /^[a-z]{2}$/i;

const createRegions = (language: string, within: (region: string) => string | undefined): Regions => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  const title = (region: string): string => (PARTS.test(region) ? (names.of(region.toUpperCase()) ?? region) : region);
  return { title, within: (region) => within(region) ?? `(${title(region)})` };
};

export const useRegions = (): Regions => {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const known: Readonly<Record<string, string>> = {
      us: t('common.within.us'),
      eu: t('common.within.eu'),
      gb: t('common.within.gb'),
    };
    return createRegions(i18n.language, (region) => known[region]);
  }, [t, i18n.language]);
};
