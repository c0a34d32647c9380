import { pathOn, type PostLink } from '../../domain/post-link.js';

const POST = /^\/(?:[\w.]{1,64}\/)?(?:reel|reels|p)\/([\w-]{5,64})\/?$/;

/** `https://www.instagram.com/reel/…`. Its short code is no id of the Graph API, so the link alone is kept. */
export const reelsPostLink = (url: string): PostLink | undefined => {
  const [, code] = POST.exec(pathOn(url, ['instagram.com'])?.pathname ?? '') ?? [];
  return code === undefined ? undefined : { permalink: `https://www.instagram.com/reel/${code}/` };
};
