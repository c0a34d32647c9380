/** Domains one operator receives for behind one gate; their own pages name them. Read November 2026. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  gmail: ['gmail.com', 'googlemail.com'],
  outlook: [
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'outlook.de',
    'outlook.fr',
    'hotmail.co.uk',
    'hotmail.fr',
  ],
  yahoo: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'aol.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'yahoo.co.jp'],
  icloud: ['icloud.com', 'me.com', 'mac.com'],
};
const GROUP_OF = new Map(
  Object.entries(GROUPS).flatMap(([group, domains]) => domains.map((domain) => [domain, group])),
);

/** Who receives for an address: an operator of many domains, or the domain itself. Pacing and guards count by it. */
export const receiverOf = (email: string): string => receiverOfDomain(email.slice(email.lastIndexOf('@') + 1));

/** The same for a domain. */
export const receiverOfDomain = (domain: string): string => GROUP_OF.get(domain.toLowerCase()) ?? domain.toLowerCase();
