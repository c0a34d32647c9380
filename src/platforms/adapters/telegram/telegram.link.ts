import { pathOn, type PostLink } from '../../domain/post-link.js';

const PUBLIC = /^\/(?:s\/)?([A-Za-z]\w{3,31})\/(\d{1,12})\/?$/;
const MEMBERS_ONLY = /^\/c\/(\d{5,20})\/(\d{1,12})\/?$/;

/**
 * `https://t.me/{name}/{message}`, or `https://t.me/c/{part of the id}/{message}` for members.
 * @param chatId the account's chat; a name in the link is taken for its own, another id is not
 */
export const telegramPostLink = (url: string, chatId: string): PostLink | undefined => {
  const path = pathOn(url, ['t.me', 'telegram.me'])?.pathname ?? '';
  const [, part, inChat] = MEMBERS_ONLY.exec(path) ?? [];
  if (part !== undefined)
    return chatId === `-100${part}`
      ? { platformPostId: `${chatId}/${inChat}`, permalink: `https://t.me/c/${part}/${inChat}` }
      : undefined;
  const [, name, message] = PUBLIC.exec(path) ?? [];
  if (name === undefined) return undefined;
  return { platformPostId: `${chatId}/${message}`, permalink: `https://t.me/${name}/${message}` };
};
