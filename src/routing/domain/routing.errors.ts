import { DomainError } from '../../kernel/domain-error.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';

/** Fallbacks that cannot stand so. */
export const badFallbacks = (message: string): DomainError =>
  new DomainError('invalid', 'route.bad_fallbacks', message, {}, [{ field: 'fallbacks', rule: 'fallbacks', message }]);

/** Words alone cannot be posted there. */
export const badAnnounce = ({ id, platform }: { readonly id: string; readonly platform: string }): DomainError => {
  const message = `${platformTitle(platform)} takes no messages without a video. Name Discord or Telegram accounts under announce.`;
  return new DomainError('invalid', 'route.bad_announce', message, { accountId: id, platform }, [
    { field: 'announce', rule: 'announce', message },
  ]);
};

/** The platform lets no program delete posts. */
export const cannotRemove = (platform: string): DomainError => {
  const message = `${platformTitle(platform)} lets no program delete posts, so a late copy cannot be taken down there. Leave removeLate out.`;
  return new DomainError('invalid', 'route.cannot_remove', message, { platform }, [
    { field: 'removeLate', rule: 'removeLate', message },
  ]);
};
