import {
  pausesPauseAccount,
  pausesPausePlatform,
  pausesPauseWorkspace,
  pausesResumeAccount,
  pausesResumePlatform,
  pausesResumeWorkspace,
} from '../api/generated/sdk.gen.ts';

/** What is paused; `id`: of the account or platform, empty for the workspace. */
export interface PausedPlace {
  readonly scope: 'workspace' | 'platform' | 'account';
  readonly id: string;
}

/** Stops publishing there. @throws Problem as the server says */
export const pause = async ({ scope, id }: PausedPlace, reason: string): Promise<void> => {
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  if (scope === 'workspace') await pausesPauseWorkspace({ body });
  else if (scope === 'platform') await pausesPausePlatform({ path: { platform: id }, body });
  else await pausesPauseAccount({ path: { id }, body });
};

/** Lets publishing go on there. @throws Problem as the server says */
export const resume = async ({ scope, id }: PausedPlace): Promise<void> => {
  if (scope === 'workspace') await pausesResumeWorkspace();
  else if (scope === 'platform') await pausesResumePlatform({ path: { platform: id }, body: {} });
  else await pausesResumeAccount({ path: { id } });
};
