/** Platforms that publish by themselves today. `discord`, `telegram` and `upscrolled` follow. */
export const PLATFORM_NAMES = ['tiktok', 'reels', 'shorts', 'skylight'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/** What a platform can be well or ill at; health is kept for each. */
export const CAPABILITIES = ['auth', 'upload', 'publish', 'read', 'counters'] as const;
export type Capability = (typeof CAPABILITIES)[number];
