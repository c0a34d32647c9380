/** Public platforms with an API, owned channels, and `upscrolled`, which a person posts to by hand. */
export const PLATFORM_NAMES = ['tiktok', 'reels', 'shorts', 'skylight', 'discord', 'telegram', 'upscrolled'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/** What a platform can be well or ill at; health is kept for each. */
export const CAPABILITIES = ['auth', 'upload', 'publish', 'read', 'counters'] as const;
export type Capability = (typeof CAPABILITIES)[number];
