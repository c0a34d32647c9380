import { pathOn, type PostLink } from '../../domain/post-link.js';
import { permalinkOf } from './shorts.outcomes.js';

const ID = /^[\w-]{11}$/;
const IN_PATH = /^\/(?:shorts|video|live|embed)\/([^/]+)/;

/** Every form YouTube shows: `/shorts/`, `/watch?v=`, `youtu.be/` and the Studio's `/video/`. */
export const shortsPostLink = (url: string): PostLink | undefined => {
  const id = idIn(url);
  return id !== undefined && ID.test(id) ? { platformPostId: id, permalink: permalinkOf(id) } : undefined;
};

const idIn = (url: string): string | undefined => {
  const short = pathOn(url, ['youtu.be']);
  if (short) return short.pathname.split('/')[1];
  const long = pathOn(url, ['youtube.com', 'studio.youtube.com']);
  if (long?.pathname === '/watch') return long.searchParams.get('v') ?? undefined;
  return IN_PATH.exec(long?.pathname ?? '')?.[1];
};
