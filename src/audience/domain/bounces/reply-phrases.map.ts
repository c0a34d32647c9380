import type { DeliveryClass } from './delivery-class.js';

/**
 * What servers write, by what they mean; the first that fits decides. Words come before codes, since many servers
 * answer one code for everything. What judges us stands before what judges the person: a block list that hides behind
 * "550 5.1.1" must never take anybody off the list. Texts are lower case, one line, at most 4,000 characters; no
 * pattern repeats inside a repetition, so that each is read in linear time.
 */
export const REPLY_PHRASES: readonly (readonly [DeliveryClass, RegExp])[] = [
  // Microsoft's edge refuses who is not in the directory with these very words and this code.
  ['hard-address', /5\.4\.1 .{0,80}recipient address rejected: access denied/],
  ['transient', /receiving (?:mail|email|messages) (?:at a rate|too quickly)/],
  ['transient', /gr[ae]y-?list|unverified address|verification (?:in progress|failed temporarily)/],
  [
    'transient',
    /not found,? try again|insufficient system (?:storage|resources)|system storage|lookup (?:failure|timed out)/,
  ],

  ['transient', /must issue a starttls|tls is required/],
  ['content', /\b(?:url|uri|link)s?\b.{0,60}\blisted\b|surbl|uribl|\bscored\b/],

  [
    'policy',
    /block ?-?list|black ?-?list|blocklisted|blacklisted|dnsbl|\brbl\b|spamhaus|spamcop|barracudacentral|proofpoint.{0,20}pdr/,
  ],
  // Who answers for the content names what was found; the policy behind it is ours to know.
  ['content', /(?:malware|virus) signature|unwanted (?:advertising|commercial)/],
  ['policy', /\breputation\b|senderscore|ipcheck\.proofpoint|:blocked\)/],
  [
    'policy',
    /\b(?:ip|host|client|server|network|connection|sender|domain)\b.{0,60}\b(?:is|are|been|was) (?:block|bann|list|refus)ed|blocked using/,
  ],
  ['policy', /(?<!not )\blisted (?:at|in|by|on)\b|s3150|s3140|\bas\(\d{4}\)/],
  [
    'policy',
    /\bdmarc\b|\bspf\b|\bdkim\b|authentication (?:required|checks?|fail)|unauthenticated|not authenticated|authentifi/,
  ],
  ['policy', /reverse dns|\brdns\b|ptr record|cannot find your (?:reverse )?hostname|\bhelo\b|fcrdns/],
  [
    'policy',
    /too many (?:connections|messages|recipients|concurrent|invalid)|rate ?-?limit|throttl|unusual rate|unexpected volume|user complaints|(?:sending|frequency) limit|access denied, |banned sending|\babuse\b(?!@)|aup#|\byour (?:ip|server|host|network|mail server)\b/,
  ],
  [
    'policy',
    /sender (?:address )?(?:rejected|denied|verif|not allowed|blocked)|bad sender|mail from .{0,80}(?:refused|rejected|denied)/,
  ],
  [
    'policy',
    /relay(?:ing)? (?:access )?(?:is )?(?:denied|disallowed|not (?:allowed|permitted)|prohibited)|unable to relay|not permitted to relay|rcpthosts|richtlinie/,
  ],
  [
    'policy',
    /\bpolic(?:y|ies)\b|administrative(?:ly)? (?:prohibit|denied|block)|not (?:authorized|authorised|permitted|allowed) to (?:send|email|connect)|notauthorized|restricted/,
  ],

  // Before the size of messages: "would exceed the allowed mailbox size".
  ['mailbox-full', /over ?-?quota|mailbox size/],
  [
    'content',
    /\bspam\b|unsolicited|\bjunk\b|\bbulk mail\b|virus|malware|phish|infected|suspicious|spamassassin|rspamd/,
  ],
  [
    'content',
    /content (?:reject|block|filter|not accepted|denied)|message content|(?:blocked|banned|prohibited|forbidden) (?:file|attachment|url|link|content)|(?:url|link)s? .{0,60}(?:blocked|listed|malicious)/,
  ],
  [
    'content',
    /(?:message|mail)(?: size| length)? (?:is |was )?(?:too (?:large|big|long)|exceed)|size (?:limit|exceed)|exceed.{0,40}\bsize\b|line (?:length|too long)|content presents|dt:spm|[_/]spam|\battachment\b|bare lf|malformed|not rfc ?5?322/,
  ],

  [
    'mailbox-full',
    /(?:over|exceed|excee?ds?|disk|storage|out of|mail|user).{0,20}quota|quota (?:is )?(?:exceed|full|over|reach)|overquota|storage allocation/,
  ],
  [
    'mailbox-full',
    /(?:mailbox|inbox|mail box|mail folder|account|postfach|mailfolder)(?: \S{1,80})? (?:is )?(?:full|over ?full|voll|exceeded)|out of (?:storage|disk)|(?:not enough|no|insufficient) (?:disk |storage )?(?:space|storage)/,
  ],
  [
    'mailbox-full',
    /bo[iî]te .{0,40}pleine|buz[oó]n .{0,40}lleno|caixa .{0,60}cheia|casella .{0,60}piena|postvak .{0,40}vol\b|переполнен|容量|いっぱい|已满|skrzynka .{0,40}pe[lł]na|posta kutusu .{0,40}dolu/,
  ],

  [
    'hard-domain',
    /host (?:or domain name )?not found|(?:couldn't|could not|cannot|unable to) find any host|no such (?:domain|host)|nxdomain|non-?existent (?:domain|host)/,
  ],
  [
    'hard-domain',
    /domain .{0,80}(?:does not exist|doesn't exist|not found|unknown|no mail server|not accept)|name service error|unknown (?:domain|host)|illegal host|bad destination (?:mail)?(?:box)? ?(?:host|system)/,
  ],
  [
    'hard-domain',
    /null ?mx|does not accept (?:any )?(?:e?-?mail|mail)|accepts no mail|mx records? point to (?:non-?existent|invalid)|nullmx/,
  ],

  [
    'hard-address',
    /user (?:is )?unknown|unknown (?:user|recipient|account|address|mailbox|local)|usu[aá]rio (?:desconhecido|inexistente)|usuario desconocido|utilisateur inconnu|unbekannter (?:benutzer|empf)|utente sconosciuto|nieznany u[zż]ytkownik|пользовател.{0,40}не (?:найден|существует)|宛先.{0,20}(?:不明|見つかり|存在)|用户不存在|不存在|kullan[iı]c[iı] .{0,40}(?:bulunamad|bilinm)|존재하지/,
  ],
  [
    'hard-address',
    /no such (?:user|mailbox|recipient|account|address|person|local)|no (?:mailbox|user|account) (?:here )?(?:by|with) (?:that|this)|not a (?:known|valid) (?:user|mailbox|recipient|address)|doesn't have an? .{0,60}account/,
  ],
  [
    'hard-address',
    /(?:user|mailbox|recipient|account|address|addressee|destinat\w{1,8}|adresse|direcci[oó]n|empf[aä]nger)\b.{0,100}\b(?:does not exist|doesn't exist|not exist|not found|couldn't be found|could not be found|n'existe pas|no existe|non esiste|n[aã]o existe|existiert nicht|konnte nicht gefunden|nicht gefunden|bestaat niet|nie istnieje)/,
  ],
  [
    'hard-address',
    /(?:user|mailbox|recipient|account)\b.{0,60}\b(?:disabled|deactivated|inactive|closed|terminated|suspended|no longer (?:active|valid|available|exists|in use))/,
  ],
  [
    'hard-address',
    /invalid (?:e-?mail |mail )?(?:recipient|mailbox|user|address|destination)|recipient ?not ?found|undeliverable address|address rejected: undeliverable|unroute?able address|has moved|5\.1\.0 (?:550 )?#?(?:5\.1\.0 )?address rejected|(?:addressee|address|account|user|mailbox|recipient) (?:is )?(?:unknown|invalid|inactive|disabled|not (?:active|available|known|valid|listed|registered))|bad address syntax|recipient (?:is )?invalid/,
  ],
  ['hard-address', /(?:5\.5\.0|5\.1\.\d) .{0,60}mailbox (?:is )?unavailable|mailbox unavailable \(s\d/],

  [
    'transient',
    /timed? ?-?out|connection (?:was )?(?:refused|reset|closed|lost|dropped)|lost connection|no route to host|network (?:is )?unreachable|unreachable/,
  ],
  [
    'transient',
    /temporar|try (?:again|later)|\bdeferred\b|too many hops|mail loop|loops? back|routing loop|hop count|(?:service|server|system) (?:not available|unavailable|busy|error)|internal error|tls (?:handshake|negotiation|is required)|delivery time expired|still undelivered|(?:currently|temporarily) unavailable|come back later|will (?:keep trying|retry)/,
  ],
];
