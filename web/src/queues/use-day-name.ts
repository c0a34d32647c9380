import { useTranslation } from 'react-i18next';
import { weekdayName } from '../ui/recurrence/rule-words.ts';
import { WEEKDAYS } from '../ui/recurrence/rule.ts';

/** Names of weekdays by their ISO number. */
export const useDayName = (length: 'long' | 'short') => {
  const { i18n } = useTranslation();
  return (day: number): string => weekdayName(WEEKDAYS[day - 1] ?? 'MO', i18n.language, length);
};
