/** A live post as its public link names it. */
export interface PostLink {
  /** The link as the platform itself writes it. */
  readonly permalink: string;
  /** Missing where the link carries no id that the platform's API knows (Instagram). */
  readonly platformPostId?: string;
}

/** `url` when it is https on one of `hosts` (or their `www.` and `m.` forms); undefined otherwise. */
export const pathOn = (url: string, hosts: readonly string[]): URL | undefined => {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  const { protocol, username, password, port } = parsed;
  const isPlain = protocol === 'https:' && username === '' && password === '' && port === '';
  return isPlain && hosts.includes(parsed.hostname.replace(/^(www|m)\./, '')) ? parsed : undefined;
};
