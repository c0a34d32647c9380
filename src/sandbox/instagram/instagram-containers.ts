import type { Call, Reply } from '../http/call.js';
import { drain, header, json, parameters } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import { drawFailure, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import { graphError } from './instagram-errors.js';
import { openVideo } from './instagram-fetch.js';
import { refuseFields } from './instagram-fields.js';
import type { Flavour, InstagramAccount, InstagramContainer, InstagramState } from './instagram-state.js';
import { CONTAINER_LIFE_MS } from './instagram-state.js';
import type { MetaTokens } from './meta-tokens.js';
import { sentToken } from './meta-tokens.js';

/** Limits of `platforms.md` 2.2 and 2.3. */
const MAX_CONTAINERS_A_DAY = 400;
const MAX_BYTES = 300_000_000;
const MIN_SECONDS = 3;
const MAX_SECONDS = 900;
const DAY_MS = 86_400_000;
const FIRST_CONTAINER_ID = 17_900_000_000_000_000n;

const uploadFailed = (status: number, message: string): Reply =>
  json(status, { debug_info: { retriable: false, type: 'ProcessingFailedError', message } });

/** Containers: create, bytes, status. None of it can become visible by itself. */
export class InstagramContainers {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
    private readonly tokens: MetaTokens,
  ) {}

  async create(account: InstagramAccount, call: Call, flavour: Flavour): Promise<Reply> {
    const fields = parameters(call);
    const refusal = refuseFields(fields) ?? this.refuseSpending(account);
    if (refusal) return refusal;
    const videoUrl = fields['video_url'];
    if (videoUrl !== undefined) return this.createFetched(account, fields, videoUrl);
    if (flavour === 'instagram' && !this.world.settings.instagramResumable)
      return graphError({ code: 100, message: 'Param: upload_type is not supported.' });
    const { id } = this.add(account, fields);
    return json(200, { id, uri: `${call.origin}/ig-api-upload/v25.0/${id}` });
  }

  /** `POST {uri}` with `Authorization: OAuth`, `offset`, `file_size`. */
  async upload(call: Call): Promise<Reply> {
    const container = this.state.containers.get(call.params[0] ?? '');
    const token = this.state.tokens.get(sentToken(call));
    const size = Number(header(call, 'file_size'));
    const offset = Number(header(call, 'offset'));
    const isSigned =
      /^OAuth /.test(call.request.headers.authorization ?? '') && token !== undefined && this.tokens.isAlive(token);
    const isOwn = container !== undefined && (token?.accounts.includes(container.account) ?? false);
    if (!container || !isSigned || !isOwn || !(size > 0) || !(offset >= 0)) {
      await drain(call.request);
      if (!isSigned) return uploadFailed(401, 'Invalid OAuth access token; use "Authorization: OAuth <token>".');
      return isOwn ? uploadFailed(400, 'offset and file_size are required.') : uploadFailed(404, 'Unknown upload.');
    }
    const isOpen = container.status === 'IN_PROGRESS' && !container.isFetched && !this.isExpired(container);
    if (!isOpen || offset !== container.tally.bytes) {
      await drain(call.request);
      return uploadFailed(400, `Offset mismatch: ${container.tally.bytes} bytes received.`);
    }
    const { account } = container;
    const partial = this.world.faults.draw(['partial-upload'], { platform: 'reels', step: 'upload', account });
    await container.tally.addFrom(call.request, partial ? Math.floor((size - offset) / 2) : size - offset);
    if (container.tally.bytes < size) return uploadFailed(400, 'The upload is incomplete.');
    this.transcode(container);
    return json(200, { success: true, message: 'Upload successful.' });
  }

  status(container: InstagramContainer, call: Call): Reply {
    const code = this.isExpired(container) ? 'EXPIRED' : container.status;
    const texts: Readonly<Record<typeof code, string>> = {
      EXPIRED: 'Expired: Media is expired.',
      ERROR: `Error: Media upload has failed with error code ${container.errorSubcode ?? '2207053'}`,
      FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
      IN_PROGRESS: 'In Progress: Media is still being processed.',
      PUBLISHED: 'Published: Media has been successfully published.',
    };
    const all: Readonly<Record<string, unknown>> = {
      status_code: code,
      status: texts[code],
      copyright_check_status: { status: code === 'IN_PROGRESS' ? 'in_progress' : 'completed', matches_found: false },
    };
    const asked = (call.url.searchParams.get('fields') ?? '').split(',').filter((field) => field in all);
    return json(200, { ...Object.fromEntries(asked.map((field) => [field, all[field]])), id: container.id });
  }

  isExpired({ status, createdMs }: InstagramContainer): boolean {
    return status !== 'PUBLISHED' && createdMs + CONTAINER_LIFE_MS <= this.world.clock.nowMs();
  }

  private refuseSpending(account: InstagramAccount): Reply | undefined {
    const made = this.state.containersSince(account, this.world.clock.nowMs() - DAY_MS);
    return made < MAX_CONTAINERS_A_DAY
      ? undefined
      : graphError({
          code: 4,
          message: `Application request limit reached: ${MAX_CONTAINERS_A_DAY} containers a day.`,
        });
  }

  private add(account: InstagramAccount, fields: Readonly<Record<string, string>>): InstagramContainer {
    const { thumb_offset: thumbOffset, caption = '', video_url: videoUrl } = fields;
    const container: InstagramContainer = {
      id: String(this.world.ids.number(FIRST_CONTAINER_ID)),
      account,
      caption,
      createdMs: this.world.clock.nowMs(),
      isFetched: videoUrl !== undefined,
      tally: new ByteTally(),
      status: 'IN_PROGRESS',
      media: [],
      ...(thumbOffset === undefined ? {} : { thumbOffsetMs: Number(thumbOffset) }),
    };
    this.state.addContainer(container);
    return container;
  }

  /** What does not answer is refused at once; what breaks off later ends the container in `ERROR`. */
  private async createFetched(
    account: InstagramAccount,
    fields: Readonly<Record<string, string>>,
    videoUrl: string,
  ): Promise<Reply> {
    try {
      const video = await openVideo(videoUrl);
      const container = this.add(account, fields);
      void video.take(container.tally).then(
        () => this.transcode(container),
        () => Object.assign(container, { status: 'ERROR', errorSubcode: '2207052' }),
      );
      return json(200, { id: container.id });
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === 'TimeoutError';
      return isTimeout
        ? graphError({ code: -2, subcode: 2207003, message: 'Timeout while downloading the media.' })
        : graphError({ code: 9004, subcode: 2207052, message: 'The media could not be fetched from this URI.' });
    }
  }

  private transcode(container: InstagramContainer): void {
    const errorSubcode = drawFailure(this.world, container.account, '2207053') ?? faultIn(container);
    runProcessing(this.world, container.account, this.world.settings.reelsProcessingMs, () => {
      Object.assign(container, errorSubcode === undefined ? { status: 'FINISHED' } : { status: 'ERROR', errorSubcode });
    });
  }
}

/** The subcode of a file that Instagram does not take (`platforms.md` 2.3), as far as a header tells. */
const faultIn = ({ tally, thumbOffsetMs }: InstagramContainer): string | undefined => {
  const { bytes, durationSec, isMovie } = tally;
  const isLong = durationSec !== undefined && (durationSec < MIN_SECONDS || durationSec > MAX_SECONDS);
  if (!isMovie || bytes > MAX_BYTES || isLong) return '2207026';
  const isOutside = thumbOffsetMs !== undefined && durationSec !== undefined && thumbOffsetMs > durationSec * 1000;
  return isOutside ? '2207057' : undefined;
};
