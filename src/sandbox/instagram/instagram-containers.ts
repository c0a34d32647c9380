import type { Call, Reply } from '../http/call.js';
import { bearer, drain, header, json, parameters } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import { drawFailure, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import { graphError } from './instagram-errors.js';
import type { InstagramAccount, InstagramContainer, InstagramState } from './instagram-state.js';
import { CONTAINER_LIFE_MS } from './instagram-state.js';

/** Limits of `platforms.md` 2.2. */
const MAX_CAPTION_CHARS = 2_200;
const MAX_HASHTAGS = 30;
const MAX_MENTIONS = 20;
const FIRST_CONTAINER_ID = 17_900_000_000_000_000n;

const uploadFailed = (status: number, message: string): Reply =>
  json(status, { debug_info: { retriable: false, type: 'ProcessingFailedError', message } });

/** Containers: create, bytes, status. None of it can become visible by itself. */
export class InstagramContainers {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
  ) {}

  create(account: InstagramAccount, call: Call): Reply {
    const fields = parameters(call);
    const caption = fields['caption'] ?? '';
    const refusal = refuseFields(fields, caption);
    if (refusal) return refusal;
    const container: InstagramContainer = {
      id: String(this.world.ids.number(FIRST_CONTAINER_ID)),
      account,
      caption,
      createdMs: this.world.clock.nowMs(),
      tally: new ByteTally(),
      status: 'IN_PROGRESS',
      media: [],
    };
    this.state.containers.set(container.id, container);
    if (fields['video_url'] !== undefined) {
      void this.fetchVideo(container, fields['video_url']);
      return json(200, { id: container.id });
    }
    const uri = `${call.origin}/ig-api-upload/v25.0/${container.id}`;
    return json(200, { id: container.id, uri });
  }

  /** `POST {uri}` with `Authorization: OAuth`, `offset`, `file_size`. */
  async upload(call: Call): Promise<Reply> {
    const container = this.state.containers.get(call.params[0] ?? '');
    const token = this.state.tokens.get(bearer(call, 'OAuth') ?? '');
    const size = Number(header(call, 'file_size'));
    const offset = Number(header(call, 'offset'));
    const isSigned = token !== undefined && token.expiresMs > this.world.clock.nowMs();
    if (!container || !isSigned || token.account !== container.account || !(size > 0) || !(offset >= 0)) {
      await drain(call.request);
      if (!isSigned) return uploadFailed(401, 'Invalid OAuth access token; use "Authorization: OAuth <token>".');
      return container ? uploadFailed(400, 'offset and file_size are required.') : uploadFailed(404, 'Unknown upload.');
    }
    if (container.status !== 'IN_PROGRESS' || offset !== container.tally.bytes) {
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

  status(container: InstagramContainer): Reply {
    const isExpired =
      container.status !== 'PUBLISHED' && container.createdMs + CONTAINER_LIFE_MS <= this.world.clock.nowMs();
    const code = isExpired ? 'EXPIRED' : container.status;
    const texts: Readonly<Record<typeof code, string>> = {
      EXPIRED: 'Expired: Media is expired.',
      ERROR: `Error: Media upload has failed with error code ${container.errorSubcode ?? '2207053'}`,
      FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
      IN_PROGRESS: 'In Progress: Media is still being processed.',
      PUBLISHED: 'Published: Media has been successfully published.',
    };
    return json(200, { status_code: code, status: texts[code], id: container.id });
  }

  private transcode(container: InstagramContainer): void {
    const errorSubcode = drawFailure(this.world, container.account, '2207053');
    runProcessing(this.world, container.account, this.world.settings.reelsProcessingMs, () => {
      Object.assign(container, errorSubcode === undefined ? { status: 'FINISHED' } : { status: 'ERROR', errorSubcode });
    });
  }

  private async fetchVideo(container: InstagramContainer, videoUrl: string): Promise<void> {
    try {
      const response = await fetch(videoUrl, { redirect: 'error' });
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
      for await (const part of response.body as AsyncIterable<Uint8Array>) container.tally.add(Buffer.from(part));
      this.transcode(container);
    } catch {
      Object.assign(container, { status: 'ERROR', errorSubcode: '2207052' });
    }
  }
}

const refuseFields = (fields: Readonly<Record<string, string>>, caption: string): Reply | undefined => {
  if (fields['media_type'] !== 'REELS') {
    return graphError({ code: 100, subcode: 2207023, message: 'The media type is unknown.' });
  }
  if (caption.length > MAX_CAPTION_CHARS) {
    return graphError({ code: 36004, subcode: 2207010, message: 'The caption was too long.' });
  }
  if ((caption.match(/@\w/g)?.length ?? 0) > MAX_MENTIONS) {
    return graphError({ code: 100, subcode: 2207040, message: 'Too many tags.' });
  }
  const hashtags = caption.match(/#\w/g)?.length ?? 0;
  const hasSource = fields['upload_type'] === 'resumable' || fields['video_url'] !== undefined;
  if (hashtags > MAX_HASHTAGS || !hasSource) {
    return graphError({
      code: 100,
      message: hasSource ? 'Too many hashtags.' : 'The parameter video_url is required.',
    });
  }
  return undefined;
};
