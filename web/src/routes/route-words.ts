import { useTranslation } from 'react-i18next';
import type { AccountDto, RouteDto } from '../api/generated/types.gen.ts';
import { platformTitle } from '../ui/platforms.ts';

const MINUTE = 60;
const HOUR = 60;

/** Says a route in sentences. */
export const useRouteWords = (accounts: readonly AccountDto[]) => {
  const { t } = useTranslation();
  const span = (seconds: number): string => {
    const minutes = Math.round(seconds / MINUTE);
    return minutes < 2 * HOUR
      ? t('routes.minutes', { count: minutes })
      : t('routes.hours', { count: Math.round(minutes / HOUR) });
  };
  const whose = ({ scope, scopeId = '' }: RouteDto, post: string | undefined): string => {
    if (scope === 'account')
      return t('routes.scopeOf.account', { name: accounts.find(({ id }) => id === scopeId)?.displayName ?? scopeId });
    if (scope === 'post') return t('routes.scopeOf.post', { name: post ?? scopeId });
    return t(`routes.scopeOf.${scope}`, { name: scope === 'platform' ? platformTitle(scopeId) : scopeId });
  };
  return {
    /** `post`: what the post of a route for one post is called. */
    scope: (route: RouteDto, post?: string): string =>
      route.platform === '*' || (route.scope === 'platform' && route.scopeId === route.platform)
        ? whose(route, post)
        : `${whose(route, post)} · ${t('routes.onlyOn', { platform: platformTitle(route.platform) })}`,
    policy: (route: RouteDto): string =>
      [
        t('routes.say.down', { what: t(`routes.deed.${route.onDown}`) }),
        t('routes.say.degraded', { what: t(`routes.deed.${route.onDegraded}`) }),
        t('routes.say.holdFor', { span: span(route.holdForSeconds) }),
        t('routes.say.staleAfter', { span: span(route.staleAfterSeconds) }),
        route.broadcastAfterSeconds !== undefined &&
          t('routes.say.broadcastAfter', { span: span(route.broadcastAfterSeconds) }),
        t(`routes.say.failback.${route.failback}`),
        route.removeLate && t('routes.say.removeLate'),
        route.maxExtraPerDay !== undefined && t('routes.say.cap', { count: route.maxExtraPerDay }),
      ]
        .filter(Boolean)
        .join(' '),
  };
};
