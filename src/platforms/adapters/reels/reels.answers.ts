import { z } from 'zod';

const id = z.union([z.string().min(1), z.number()]).transform(String);

export const errorBody = z.object({
  error: z.object({
    message: z.string().optional(),
    type: z.string().optional(),
    code: z.number(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_msg: z.string().optional(),
    fbtrace_id: z.string().optional(),
  }),
});

export const container = z.object({ id, uri: z.url().optional() });
export const published = z.object({ id });

export const uploaded = z.object({ success: z.literal(true) });
export const uploadFailed = z.object({
  debug_info: z.object({
    retriable: z.boolean().optional(),
    type: z.string().optional(),
    message: z.string().optional(),
  }),
});

export const containerStatus = z.object({ status_code: z.string(), status: z.string().optional() });
export type ContainerStatus = z.infer<typeof containerStatus>;

const media = z.object({
  id,
  caption: z.string().optional(),
  media_product_type: z.string().optional(),
  permalink: z.string().optional(),
  timestamp: z.string().optional(),
  like_count: z.number().optional(),
  comments_count: z.number().optional(),
});
export type Media = z.infer<typeof media>;
export const mediaItem = media;
export const mediaList = z.object({
  data: z.array(media),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});

export const insights = z.object({
  data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })).optional() })),
});

export const me = z.object({ user_id: id, username: z.string().optional() });

export const token = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/** Percentages and minutes per business account, in `X-Business-Use-Case-Usage`. */
export const businessUsage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })),
);
