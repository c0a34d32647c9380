import { randomInt } from 'node:crypto';
import type { ControlledWorld } from './control/control-handler.js';
import { controlHandler } from './control/control-handler.js';
import { json } from './http/call.js';
import { startHttpServer, type Upgrade } from './http/http-server.js';
import type { Handler } from './http/serve-platform.js';
import { send, servePlatform } from './http/serve-platform.js';
import type { PlatformService } from './http/service.js';
import { FeedsService } from './feeds/feeds-service.js';
import { DiscordService } from './discord/discord-service.js';
import { InstagramService } from './instagram/instagram-service.js';
import { TelegramService } from './telegram/telegram-service.js';
import { TikTokService } from './tiktok/tiktok-service.js';
import { TwilioService } from './twilio/twilio-service.js';
import { YouTubeService } from './youtube/youtube-service.js';
import { createWorld } from './world/world.js';
import type { World } from './world/world.js';
import { startPds } from './skylight/pds-process.js';
import { SkylightService } from './skylight/skylight-service.js';
import { startMailSink } from './mail/smtp-sink.js';

/** How to start the outside world. */
export interface SandboxOptions {
  /** First of consecutive ports on 127.0.0.1; free ports when left out. */
  readonly portBase?: number;
  /** False leaves the PDS out (it costs about 400 MB and 2 s). */
  readonly skylight?: boolean;
  /** Seed of ids and tokens; random when left out, so that restarts do not repeat ids. */
  readonly seed?: number;
  /** What `GET /__sim/env` answers: the environment that points an app at these addresses. */
  readonly envOf?: (urls: SandboxUrls) => Readonly<Record<string, string>>;
}

/** Where everything listens; `skylight` is the fault proxy, `pds` the real server behind it. */
export interface SandboxUrls {
  readonly control: string;
  readonly tiktok: string;
  readonly instagram: string;
  readonly youtube: string;
  readonly smtp: string;
  /** graph.facebook.com and the consent dialog. */
  readonly facebook?: string;
  readonly discord?: string;
  readonly telegram?: string;
  /** An SMS provider that speaks Twilio's API. */
  readonly twilio?: string;
  /** Status feeds and app-store charts. */
  readonly feeds?: string;
  /** Directory of did:plc documents, and Bluesky's video service. */
  readonly plc?: string;
  readonly video?: string;
  readonly skylight?: string;
  readonly pds?: string;
}

export interface Sandbox {
  readonly urls: SandboxUrls;
  stop(): Promise<void>;
}

/** Places on the port range of `portBase`, so that leaving one server out moves no other. */
const PORTS = {
  control: 0,
  tiktok: 1,
  instagram: 2,
  youtube: 3,
  skylight: 4,
  pds: 5,
  smtp: 6,
  facebook: 7,
  discord: 8,
  telegram: 9,
  feeds: 10,
  plc: 11,
  video: 12,
  twilio: 13,
} as const;

interface Running {
  stop(): unknown;
}

const notThere: Handler = (request, response) =>
  send({ request, response }, json(404, { error: 'only /__sim lives here' }));

/** The real PDS and its proxy, which listens first: the PDS's documents name its port, and nobody else may take it. */
const startSkylight = async (world: World, portOf: (name: keyof typeof PORTS) => number | undefined) => {
  const opened = Promise.withResolvers<Handler>();
  const proxy = await startHttpServer(portOf('skylight') ?? 0, async (request, response) =>
    (await opened.promise)(request, response),
  );
  try {
    const pds = await startPds(portOf('pds'), Number(new URL(proxy.url).port));
    const service = new SkylightService(world, { pdsUrl: pds.url, plcUrl: pds.plcUrl });
    return { pds, proxy, open: opened.resolve, service };
  } catch (error) {
    await proxy.stop();
    throw error;
  }
};

/** Starts all servers in this process; they listen when it resolves. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const portOf = (name: keyof typeof PORTS): number | undefined =>
    options.portBase === undefined ? undefined : options.portBase + PORTS[name];
  const world = createWorld(options.seed ?? randomInt(2 ** 32));
  const skylight = options.skylight === false ? undefined : await startSkylight(world, portOf);
  const tiktok = new TikTokService(world);
  const instagram = new InstagramService(world);
  const youtube = new YouTubeService(world);
  const feeds = new FeedsService(world);
  const discord = new DiscordService(world);
  const telegram = new TelegramService(world);
  const twilio = new TwilioService(world);
  const services: PlatformService[] = [tiktok, instagram, youtube, discord, telegram, twilio];
  if (skylight) services.push(skylight.service);
  const mail = await startMailSink(world, portOf('smtp'));
  const controlled: ControlledWorld = { world, services, mail, feeds, twilio };
  const servers: Running[] = skylight ? [mail, skylight.service, skylight.proxy, skylight.pds] : [mail];
  const listen = async (name: keyof typeof PORTS, service?: PlatformService, upgrade?: Upgrade): Promise<string> => {
    const handler = service ? servePlatform(world, service) : notThere;
    const server = await startHttpServer(portOf(name) ?? 0, controlHandler(controlled, handler), upgrade);
    servers.push(server);
    return server.url;
  };
  const urls: SandboxUrls = {
    control: await listen('control'),
    tiktok: await listen('tiktok', tiktok),
    instagram: await listen('instagram', instagram),
    facebook: await listen('facebook', instagram.facebook),
    youtube: await listen('youtube', youtube),
    discord: await listen('discord', discord),
    telegram: await listen('telegram', telegram),
    twilio: await listen('twilio', twilio),
    feeds: await listen('feeds', feeds, (request, socket) => feeds.firehose.accept(request, socket)),
    ...(skylight
      ? {
          // By the name that DID documents and tokens use.
          skylight: skylight.proxy.url.replace('127.0.0.1', 'localhost'),
          pds: skylight.pds.url,
          plc: await listen('plc', skylight.service.plc),
          video: await listen('video', skylight.service.video),
        }
      : {}),
    smtp: mail.url,
  };
  // An open stream would keep its server from stopping.
  servers.push({ stop: () => feeds.firehose.cut() });
  discord.origin = urls.discord ?? '';
  skylight?.open(controlHandler(controlled, servePlatform(world, skylight.service)));
  if (options.envOf) controlled.env = options.envOf(urls);
  return { urls, stop: () => stopAll(world, servers) };
};

const stopAll = async (world: World, running: readonly Running[]): Promise<void> => {
  world.clock.reset();
  await Promise.all(running.map((one) => one.stop()));
};
