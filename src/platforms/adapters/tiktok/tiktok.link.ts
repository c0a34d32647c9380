import { pathOn, type PostLink } from '../../domain/post-link.js';

const VIDEO = /^\/@([\w.]{1,64})\/(?:video|photo)\/(\d{6,25})\/?$/;

/** `https://www.tiktok.com/@name/video/7460…`; short links (`vm.tiktok.com`) name no post. */
export const tiktokPostLink = (url: string): PostLink | undefined => {
  const [, name, platformPostId] = VIDEO.exec(pathOn(url, ['tiktok.com'])?.pathname ?? '') ?? [];
  if (platformPostId === undefined) return undefined;
  return { platformPostId, permalink: `https://www.tiktok.com/@${name}/video/${platformPostId}` };
};
