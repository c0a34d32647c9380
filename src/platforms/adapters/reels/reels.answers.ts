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

/** `uri` is somebody else's document: whatever it is, it is judged before it is used. */
export const container = z.object({ id, uri: z.string().optional().catch(undefined) });
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
const paging = z.object({
  cursors: z.object({ after: z.string().optional() }).optional(),
  next: z.string().optional(),
});
export const mediaList = z.object({ data: z.array(media), paging: paging.optional() });

export const insights = z.object({
  data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })).optional() })),
});

export const me = z.object({ user_id: id, username: z.string().optional(), account_type: z.string().optional() });

export const token = z.object({ access_token: z.string().min(1), expires_in: z.number() });
export type Token = z.infer<typeof token>;
/** A Facebook token; its time is told by `debug_token`. */
export const anyToken = z.object({ access_token: z.string().min(1) });

const bareShortToken = z.object({
  access_token: z.string().min(1),
  permissions: z.union([z.string().transform((list) => list.split(',')), z.array(z.string())]).optional(),
});
/** The short token, in both shapes it has come in: flat, or in a list under `data`. */
export const shortToken = z.union([
  bareShortToken,
  z.object({ data: z.tuple([bareShortToken], z.unknown()) }).transform(({ data: [first] }) => first),
]);

/** How api.instagram.com words a refused code. */
export const oauthError = z.object({
  error_type: z.string().optional(),
  code: z.number(),
  error_message: z.string().optional(),
});

const linkedAccount = z.object({ id, username: z.string().optional() });
export type LinkedAccount = z.infer<typeof linkedAccount>;
export const page = z.object({
  id,
  name: z.string().optional(),
  access_token: z.string().optional(),
  instagram_business_account: linkedAccount.optional(),
});
export type Page = z.infer<typeof page>;
export const pageList = z.object({ data: z.array(page), paging: paging.optional() });

export const debuggedToken = z.object({
  data: z.object({
    is_valid: z.boolean(),
    scopes: z.array(z.string()).optional(),
    /** Unix seconds; 0 never. */
    expires_at: z.number().optional(),
    data_access_expires_at: z.number().optional(),
  }),
});
export type DebuggedToken = z.infer<typeof debuggedToken>;

export const publishingLimit = z.object({
  data: z.tuple(
    [
      z.object({
        quota_usage: z.number(),
        config: z.object({ quota_total: z.number(), quota_duration: z.number() }).optional(),
      }),
    ],
    z.unknown(),
  ),
});

export const removed = z.object({ success: z.literal(true) });

/** Percentages and minutes per business account, in `X-Business-Use-Case-Usage`. */
export const businessUsage = z.record(
  z.string(),
  z.array(
    z.object({
      call_count: z.number().optional(),
      total_cputime: z.number().optional(),
      total_time: z.number().optional(),
      estimated_time_to_regain_access: z.number().optional(),
    }),
  ),
);
