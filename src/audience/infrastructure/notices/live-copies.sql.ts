/** A target `t` that readers can open: live, with an address, and not kept private by its platform. */
export const OPENABLE = `t.status = 'published' and t.permalink ~ '^https?://'
   and not exists (select 1 from unnest(t.notices) n where n like '%private%')`;

/** What readers may call it. */
export const TITLE = `coalesce(nullif(t.content ->> 'title', ''), nullif(left(t.content ->> 'caption', 80), ''), 'New video')`;
