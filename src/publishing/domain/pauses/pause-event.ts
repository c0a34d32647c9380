import type { DomainEvent } from '../../../kernel/event-log.port.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** What has a row in `pause`. `instanceWide`: for every workspace, by an operator. */
export type RowSubject =
  | { readonly scope: 'workspace' }
  | { readonly scope: 'platform'; readonly platform: PlatformName; readonly instanceWide: boolean };

/** What is switched. */
export type PauseSubject = RowSubject | { readonly scope: 'account'; readonly accountId: string };

/** What followers learn when publishing is stopped or goes on. An operator's name is not for tenants. */
export const pauseEvent = (
  subject: RowSubject,
  by: { readonly workspaceId: string; readonly actor: string; readonly reason?: string },
  what: 'paused' | 'resumed',
): DomainEvent => {
  const platform = subject.scope === 'platform' ? subject.platform : null;
  const isForAll = subject.scope === 'platform' && subject.instanceWide;
  return {
    workspaceId: isForAll ? null : by.workspaceId,
    type: `${subject.scope}.${what}`,
    subjectId: platform ?? by.workspaceId,
    payload: {
      scope: subject.scope,
      platform,
      ...(by.reason === undefined ? {} : { reason: by.reason }),
      ...(isForAll ? {} : { actor: by.actor }),
    },
  };
};
