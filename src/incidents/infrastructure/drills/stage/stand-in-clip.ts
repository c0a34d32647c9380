import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';

const SECONDS = 6;
const FRAMES_PER_SECOND = 30;
const WIDTH = 1080;
const HEIGHT = 1920;
/** H.264, main profile, level 5.0, 1080 x 1920: the header of a clip of our own. */
const DECODER = '014d4032ffe10019674d4032a61102d0286c0440000003004000000c03c60c846001000668e843054b20';
/** One slice without a picture: no platform in the sandbox decodes it. */
const FRAME_BYTES = 64;

/** A short upright video that says nothing: what stands in for the real ones on a stage. */
export const standInClip = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source, { frameRate: FRAMES_PER_SECOND });
  await output.start();
  const decoderConfig = {
    codec: 'avc1.4d4032',
    codedWidth: WIDTH,
    codedHeight: HEIGHT,
    description: Buffer.from(DECODER, 'hex'),
  };
  const frame = new Uint8Array(FRAME_BYTES);
  frame[3] = FRAME_BYTES - 4;
  for (let index = 0; index < SECONDS * FRAMES_PER_SECOND; index += 1) {
    const type = index % FRAMES_PER_SECOND === 0 ? 'key' : 'delta';
    frame[4] = type === 'key' ? 0x65 : 0x41;
    const packet = new EncodedPacket(frame.slice(), type, index / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND);
    await source.add(packet, index === 0 ? { decoderConfig } : undefined);
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
};
