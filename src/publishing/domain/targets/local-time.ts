/**
 * Wall time of an instant in a zone, `YYYY-MM-DDTHH:mm:ss`: what the user meant and screens show.
 * @throws RangeError for an unknown zone
 */
export const localTimeIn = (zone: string, at: Date): string => formatOf(zone).format(at).replace(' ', 'T');

/** Making one takes longer than all else that a new target needs; there are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
};
