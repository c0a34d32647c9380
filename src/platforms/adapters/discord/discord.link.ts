import { pathOn, type PostLink } from '../../domain/post-link.js';

const MESSAGE = /^\/channels\/(\d{5,25}|@me)\/(\d{5,25})\/(\d{5,25})\/?$/;

/** `https://discord.com/channels/{server}/{channel}/{message}`. */
export const discordPostLink = (url: string): PostLink | undefined => {
  const [path, , , platformPostId] = MESSAGE.exec(pathOn(url, ['discord.com', 'discordapp.com'])?.pathname ?? '') ?? [];
  if (path === undefined || platformPostId === undefined) return undefined;
  return { platformPostId, permalink: `https://discord.com${path.replace(/\/$/, '')}` };
};
