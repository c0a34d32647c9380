/**
 * Duration in seconds from the `mvhd` box (ISO/IEC 14496-12, 8.2.2) somewhere in these bytes; undefined without one.
 * Good enough for lists that show a duration; not a parser.
 */
export const mvhdDurationSec = (head: Buffer): number | undefined => {
  const at = head.indexOf('mvhd', 0, 'latin1');
  if (at < 0 || head.length < at + 36) return undefined;
  const isLong = head[at + 4] === 1;
  const timescale = head.readUInt32BE(at + (isLong ? 24 : 16));
  const duration = isLong ? Number(head.readBigUInt64BE(at + 28)) : head.readUInt32BE(at + 20);
  return timescale > 0 ? duration / timescale : undefined;
};
