/**
 * Wall time of an instant in a zone, `YYYY-MM-DDTHH:mm:ss`: what the user meant and screens show.
 * @throws RangeError for an unknown zone
 */
export const localTimeIn = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace(' ', 'T');
