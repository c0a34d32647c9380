import { useTranslation } from 'react-i18next';

const KNOWN = [
  'platform',
  'account',
  'quota',
  'approval',
  'paused',
  'panic',
  'self_suspect',
  'earlier_occurrence',
  'overdue',
] as const;

/** Why a target is held, in words; a reason that is new to us as the server names it. */
export const useHoldWords = (): ((reason: string | undefined) => string) => {
  const { t } = useTranslation();
  return (reason = '') => {
    const known = KNOWN.find((word) => word === reason);
    return known ? t(`now.hold.${known}`) : reason;
  };
};
