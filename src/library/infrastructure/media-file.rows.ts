/** A row of `media` as the JSON of a `MediaFile`. @param media the table's alias */
export const fileColumn = (media: string): string => `jsonb_strip_nulls(jsonb_build_object(
    'id', ${media}.id, 'sha256', encode(${media}.sha256, 'hex'), 'bytes', ${media}.bytes,
    'mimeType', ${media}.mime_type, 'container', ${media}.container, 'videoCodec', ${media}.video_codec,
    'audioCodec', ${media}.audio_codec, 'audioChannels', ${media}.audio_channels,
    'audioSampleRate', ${media}.audio_sample_rate, 'durationMs', ${media}.duration_ms, 'width', ${media}.width,
    'height', ${media}.height, 'fps', round(coalesce(${media}.fps, 0)::numeric, 3)))`;

/** The rendition of a row of `media` that is still here, as the JSON of a `MediaFile`, else null. */
export const renditionColumn = (media: string): string => `(
    select ${fileColumn('made')} from rendition r join media made on made.id = r.result_id and made.state = 'ready'
     where r.media_id = ${media}.id and r.state = 'done' order by r.created_at desc limit 1)`;
