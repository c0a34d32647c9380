import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { platformTitle } from '../ui/platforms.ts';
import type { CalendarGroup } from './groups.ts';
import { useAccounts } from './use-accounts.ts';

const STAYS_MS = 15_000;

/** Says which accounts of a line no change reached, where there are any. */
export const useTellStays = (): ((group: CalendarGroup, targetIds: readonly string[]) => void) => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  return ({ entries }, targetIds) => {
    const names = entries
      .filter(({ id }) => targetIds.includes(id))
      .map(({ platform = '', accountIds: [id = ''] = [] }) =>
        [platformTitle(platform), accounts.get(id)?.displayName].filter(Boolean).join(' · '),
      );
    if (names.length === 0) return;
    const message = t('calendar.stays', { count: names.length, accounts: names.join(', ') });
    notifications.show({ message, color: 'orange', autoClose: STAYS_MS });
  };
};
