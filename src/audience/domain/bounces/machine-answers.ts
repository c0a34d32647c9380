import { headerText } from './decoded-text.js';
import { headerOf, type MimePart } from './mime-part.js';

/** Subjects of absence notes as mail programs write them, before the subject they answer; lower case. */
const ABSENCE_SUBJECTS =
  /^(?:re: |aw: )?(?:auto(?:matic|mated|matisch\S{0,3}|m[aá]tic[ao])? ?-?(?:reply|response|antwort|antwoord|risposta|resposta|respuesta)|automatische? (?:antwort|antwoord)|r[eé]ponse automatique|r[eé]ponse d'absence|respuesta autom[aá]tica|resposta autom[aá]tica|risposta automatica|autosvar|automatiskt svar|automatvastus|autoreply|auto:|out of (?:the )?office|abwesen|fuera de (?:la )?oficina|absence du bureau|absent|afwezig|ausente|fuori sede|fuori ufficio|poza biurem|odpowied[zź] automatyczna|автоответ|автоматический ответ|自動(?:返信|応答)|自动(?:回复|答复)|자동 ?회신|otomatik yan[iı]t|automatick[aá] odpov)/;

/** Words that only a machine writes that holds a mail until its sender proves to be a person. */
const CHALLENGE_WORDS =
  /(?:(?:click|follow|visit|reply|respond)\b.{0,120}\b(?:verify|confirm|prove|approve|complete)\b.{0,120}(?:real person|human|yourself|identity|not (?:a )?(?:spam|robot|machine)|sender|delivered)|(?:your )?(?:message|e-?mail) (?:is|was|has been) (?:being )?held .{0,160}(?:verif|confirm|approv|authenticat)|(?:sender|human) verification|challenge[- ]response|verification required|(?:best[aä]tigen sie|confirme[rz]?) .{0,120}(?:absender|exp[eé]diteur|remitente|remetente)|confirma[cç][aã]o de (?:remetente|e-?mail)|anti-?spam .{0,60}confirma)/;

const CHALLENGE_SUBJECT =
  /verification required|verify your (?:e-?mail|message|address)|confirm your (?:e-?mail|message)|sender verification|\bboxbe\b|spam ?arrest|antispam uol|please (?:confirm|verify) .{0,40}(?:message|sender)/;

const DAEMON =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|mdaemon|mail delivery|microsoftexchange\w{0,60}|double-bounce|bounce|noreply-dmarc|mailer)\S{0,80}@|mailer-daemon/;

const BOUNCE_SUBJECTS =
  /undeliver|delivery (?:status notification|failure|has failed|report|problem|error|delayed|incomplete)|returned mail|returned to sender|failure notice|mail(?:delivery)? fail|mail delivery|mail system error|could ?n[o']t be delivered|not delivered|non remis|non distribu|unzustellbar|zustell|no (?:se ha podido|entregado)|n[aã]o (?:foi )?entregue|mancato recapito|onbestelbaar|niedostarcz|nie dostarcz|не доставлено|недоставлен|配信(?:不能|できません|エラー)|未送達|エラー|退信|投递失败|반송|iletilemedi|warning: could not send/;

const lower = (value: string | undefined): string => value?.toLowerCase().trim() ?? '';

/** The subject as a person reads it, lower case. */
export const subjectOf = (message: MimePart): string =>
  headerText(headerOf(message, 'subject') ?? '')
    .toLowerCase()
    .trim();

/**
 * Whether a mail system wrote it: `sure` by its headers, `subject` by nothing but a subject that anybody could write.
 */
export const mailSystemTrust = (message: MimePart): 'sure' | 'subject' | 'none' => {
  if (message.headers.has('x-failed-recipients') || message.type === 'multipart/report') return 'sure';
  const from = lower(headerOf(message, 'from')).slice(0, 500);
  const address = /<([^<>]+)>/.exec(from)?.[1] ?? from;
  if (DAEMON.test(address) || headerOf(message, 'return-path') === '<>') return 'sure';
  const isAnswer = message.headers.has('in-reply-to') || /^(?:re|aw|sv|antw): /.test(subjectOf(message));
  return !isAnswer && BOUNCE_SUBJECTS.test(subjectOf(message)) ? 'subject' : 'none';
};

/** An absence note or any other answer of a machine that lets us know the mail arrived (RFC 3834). */
export const isAutoReply = (message: MimePart): boolean => {
  if (message.headers.has('x-failed-recipients')) return false;
  if (ABSENCE_SUBJECTS.test(subjectOf(message))) return true;
  // Many servers mark their reports as automatic answers; what fails is not an answer.
  if (mailSystemTrust(message) !== 'none') return false;
  return (
    /^auto-(?:replied|generated)/.test(lower(headerOf(message, 'auto-submitted'))) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => message.headers.has(name)) ||
    /^auto_?reply/.test(lower(headerOf(message, 'precedence')))
  );
};

/** Asks us to prove that a person sent the mail. @param words the text, lower case, on one line */
export const isChallenge = (message: MimePart, words: string): boolean =>
  CHALLENGE_SUBJECT.test(subjectOf(message)) || CHALLENGE_WORDS.test(words.slice(0, 4_000));

const DELAY_SUBJECT =
  /warning|delayed|delay\)|will (?:keep trying|retry)|still (?:trying|undelivered)|verz[oö]ger|retard|задерж|遅延/;

/** A report in words that the mail is still being tried. */
export const isDelayNotice = (message: MimePart): boolean => DELAY_SUBJECT.test(subjectOf(message));
