import { randomInt } from 'node:crypto';
import type { ControlledWorld } from './control/control-handler.js';
import { controlHandler } from './control/control-handler.js';
import { json } from './http/call.js';
import type { RunningServer } from './http/http-server.js';
import { startHttpServer } from './http/http-server.js';
import type { Handler } from './http/serve-platform.js';
import { send, servePlatform } from './http/serve-platform.js';
import type { PlatformService } from './http/service.js';
import { InstagramService } from './instagram/instagram-service.js';
import { TikTokService } from './tiktok/tiktok-service.js';
import { YouTubeService } from './youtube/youtube-service.js';
import { createWorld } from './world/world.js';

/** How to start the outside world. */
export interface SandboxOptions {
  /** First of consecutive ports on 127.0.0.1; free ports when left out. */
  readonly portBase?: number;
  /** False leaves the PDS out (it costs about 400 MB and 2 s). */
  readonly skylight?: boolean;
  /** Seed of ids and tokens; random when left out, so that restarts do not repeat ids. */
  readonly seed?: number;
}

/** Where everything listens; `skylight` is the fault proxy, `pds` the real server behind it. */
export interface SandboxUrls {
  readonly control: string;
  readonly tiktok: string;
  readonly instagram: string;
  readonly youtube: string;
}

export interface Sandbox {
  readonly urls: SandboxUrls;
  stop(): Promise<void>;
}

const notThere: Handler = (request, response) =>
  send({ request, response }, json(404, { error: 'only /__sim lives here' }));

/** Starts all servers in this process; they listen when it resolves. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const world = createWorld(options.seed ?? randomInt(2 ** 32));
  const tiktok = new TikTokService(world);
  const youtube = new YouTubeService(world);
  const instagram = new InstagramService(world);
  const services: PlatformService[] = [tiktok, instagram, youtube];
  const controlled: ControlledWorld = { world, services };
  const servers: RunningServer[] = [];
  const listen = async (handler: Handler): Promise<string> => {
    const port = options.portBase === undefined ? 0 : options.portBase + servers.length;
    const server = await startHttpServer(port, controlHandler(controlled, handler));
    servers.push(server);
    return server.url;
  };
  const urls = {
    control: await listen(notThere),
    tiktok: await listen(servePlatform(world, tiktok)),
    instagram: await listen(servePlatform(world, instagram)),
    youtube: await listen(servePlatform(world, youtube)),
  };
  return {
    urls,
    stop: async () => {
      world.clock.reset();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
};
