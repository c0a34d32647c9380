import { useTranslation } from 'react-i18next';
import { platformTitle } from '../../ui/platforms.ts';

interface Named {
  readonly kind: string;
  readonly subject: string;
  readonly platform?: string;
}

const TEMPLATE = /\{[{%]/;

/** What a broadcast is called in lists: its subject, but for a notice whose subject is still a template. */
export const useBroadcastName = () => {
  const { t } = useTranslation();
  return ({ kind, subject, platform }: Named): string => {
    if (platform === undefined || !TEMPLATE.test(subject)) return subject;
    return t(kind === 'all_clear' ? 'now.mail.isBack' : 'now.mail.isDown', { platform: platformTitle(platform) });
  };
};
