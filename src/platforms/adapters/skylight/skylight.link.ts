import { pathOn, type PostLink } from '../../domain/post-link.js';

const POST = /^\/profile\/([^/]+)\/post\/([\w.~:-]{1,512})\/?$/;
const URI = /^at:\/\/(did:[a-z]+:[\w.%:-]+)\/app\.bsky\.feed\.post\/([\w.~:-]{1,512})$/;

/**
 * `https://bsky.app/profile/{did or handle}/post/{rkey}` or the record's `at://` address.
 * @param did the account's; a handle in the link is taken for its own, another DID is not
 */
export const skylightPostLink = (url: string, did: string): PostLink | undefined => {
  const path = pathOn(url, ['bsky.app'])?.pathname ?? '';
  const [, owner, rkey] = URI.exec(url) ?? POST.exec(decoded(path)) ?? [];
  if (owner === undefined || rkey === undefined) return undefined;
  if (owner.startsWith('did:') && owner !== did) return undefined;
  return {
    platformPostId: `at://${did}/app.bsky.feed.post/${rkey}`,
    permalink: `https://bsky.app/profile/${did}/post/${rkey}`,
  };
};

const decoded = (path: string): string => path.replace(/%3a/gi, ':');
