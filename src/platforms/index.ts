export { UPLOAD_URL_LIFETIME_MS } from './adapters/tiktok/tiktok.config.js';
export { PlatformRegistry } from './domain/platform.port.js';
export { PlatformHttp } from './infrastructure/platform-http.js';
export { PLATFORMS_DEFAULTS, type PlatformsConfig } from './platforms.config.js';
export { createPlatforms, PlatformsModule } from './platforms.module.js';
