import type pg from 'pg';

/**
 * Puts confirmed people on the list of the only workspace by one statement: what signing up costs is not the question
 * here. Their addresses are `reader<number>@<one of 40 domains>`.
 */
export const seedPeople = async (db: pg.Client, count: number, tag: string): Promise<void> => {
  await db.query(
    `insert into subscriber (id, workspace_id, email, email_hmac, status, language, attributes, tags, unsubscribe_token)
     select gen_random_uuid(), w.id, address.text, sha256(convert_to(address.text, 'UTF8')), 'confirmed', 'en',
            jsonb_build_object('name', 'Reader ' || n), array[$2], left(encode(sha256(convert_to($2 || n, 'UTF8')), 'hex'), 32)
       from (select id from workspace limit 1) w, generate_series(1, $1::int) n,
            lateral (select $2 || n || '@d' || n % 40 || '.example' as text) address`,
    [count, tag],
  );
  await db.query('analyze subscriber');
};

/** The usual size of a notice: 4 kB with its HTML. */
export const NOTICE = {
  subject: 'TikTok is down; today’s video is here, {{ subscriber.attributes.name }}',
  bodyText: `Hello {{ subscriber.attributes.name }},

TikTok has trouble, so you may not see us there. Today's video is here instead:

{% for number in (1..6) %}Part {{ number }} of today's story, with everything that belongs to it:
https://video.example/watch/part-{{ number }}
{% endfor %}
You get this mail because you asked {{ workspace.name }} for it.
Unsubscribe: {{ unsubscribeUrl }}
`,
  bodyHtml: `<!doctype html><html><body style="margin:0;background:#f4f4f4;font-family:sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="24" style="background:#ffffff">
<tr><td><h1 style="font-size:24px">Hello {{ subscriber.attributes.name }}</h1>
<p>TikTok has trouble, so you may not see us there. Today's video is here instead:</p>
{% for number in (1..6) %}<p style="margin:0 0 16px"><a href="https://video.example/watch/part-{{ number }}"
style="display:inline-block;padding:12px 20px;background:#1a1a2e;color:#ffffff;text-decoration:none">Part {{ number }}</a>
<br>of today's story, with everything that belongs to it</p>
{% endfor %}</td></tr>
<tr><td style="font-size:12px;color:#666666">You get this mail because you asked {{ workspace.name }} for it.
<a href="{{ unsubscribeUrl }}">Unsubscribe</a></td></tr></table></td></tr></table></body></html>
`,
} as const;
