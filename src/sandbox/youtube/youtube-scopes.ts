const PREFIX = 'https://www.googleapis.com/auth/';

const UPLOAD = `${PREFIX}youtube.upload`;
const READONLY = `${PREFIX}youtube.readonly`;
const FORCE_SSL = `${PREFIX}youtube.force-ssl`;
const MANAGE = `${PREFIX}youtube`;

/** What the consent page can grant, with the words it shows (`platforms.md` 3.1). */
export const SCOPE_WORDS: ReadonlyMap<string, string> = new Map([
  [UPLOAD, 'Manage your YouTube videos'],
  [READONLY, 'View your YouTube account'],
  [FORCE_SSL, 'See, edit, and permanently delete your YouTube videos, ratings, comments and captions'],
  [MANAGE, 'Manage your YouTube account'],
]);

/** Scopes of accounts made by the control API. */
export const USUAL_SCOPES: readonly string[] = [UPLOAD, READONLY, FORCE_SSL];

/** Any one of these allows the call. */
export const MAY_INSERT: readonly string[] = [UPLOAD, FORCE_SSL, MANAGE];
export const MAY_READ: readonly string[] = [READONLY, FORCE_SSL, MANAGE];
export const MAY_DELETE: readonly string[] = [FORCE_SSL, MANAGE];
