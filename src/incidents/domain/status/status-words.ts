import { DateTime } from 'luxon';
import type { HealthState } from '../../../health/domain/health-state.js';
import type { UpdateStatus } from '../updates/incident-update.js';
import type { StatusLanguage } from './status-language.js';

/** Everything the status page says by itself, in one language. Names and texts of the workspace stay as they are. */
export interface StatusWords {
  /** What the language calls itself, for the link to it. */
  readonly ownName: string;
  title(name: string): string;
  allWell: string;
  /** @param platforms as a list in words */
  elsewhere(platforms: string): string;
  trouble(platforms: string, isOne: boolean): string;
  calm: string;
  /** @param at in words */
  asOf(at: string): string;
  lastCopy: string;
  videos: string;
  watchOn(platform: string): string;
  insteadOf(platform: string): string;
  platforms: string;
  noPlatforms: string;
  states: Readonly<Record<HealthState, string>>;
  subscribe: string;
  subscribeWhy: string;
  subscribeLater: string;
  history: string;
  noHistory: string;
  incident(platform: string, isDown: boolean): string;
  ongoing: string;
  span(from: string, to: string | undefined): string;
  noUpdates: string;
  updateStatuses: Readonly<Record<UpdateStatus, string>>;
  feed: string;
  machine: string;
  ownAddress: string;
  unknownTitle: string;
  unknownText: string;
  awayTitle: string;
  awayText: string;
}

const ENGLISH: StatusWords = {
  ownName: 'English',
  title: (name) => `${name}: status`,
  allWell: 'Everything goes out as planned',
  elsewhere: (platforms) => `We are live here instead of ${platforms}`,
  trouble: (platforms, isOne) => `${platforms} ${isOne ? 'has' : 'have'} trouble right now`,
  calm: 'New videos wait, or go where it works. Their links will be here.',
  asOf: (at) => `As of ${at}`,
  lastCopy: 'This is our last copy: our own database does not answer right now.',
  videos: 'Watch here instead',
  watchOn: (platform) => `Watch on ${platform}`,
  insteadOf: (platform) => `instead of ${platform}`,
  platforms: 'Where we post',
  noPlatforms: 'No platform yet.',
  states: {
    healthy: 'Works',
    recovering: 'Coming back',
    degraded: 'Has trouble',
    down: 'Is down',
  },
  subscribe: 'Get a mail when this happens',
  subscribeWhy: 'No platform can take a mail down. You confirm once, and every mail has a link to leave.',
  subscribeLater: 'Signing up works again as soon as our database answers.',
  history: 'What happened',
  noHistory: 'No trouble in the last 90 days.',
  incident: (platform, isDown) => (isDown ? `${platform} was down` : `${platform} had trouble`),
  ongoing: 'goes on',
  span: (from, to) => (to === undefined ? `Since ${from}` : `${from} to ${to}`),
  noUpdates: 'Our publishing went round it by itself.',
  updateStatuses: {
    investigating: 'We look into it',
    identified: 'We know why',
    monitoring: 'We keep watch',
    resolved: 'It is over',
  },
  feed: 'Follow by feed reader (Atom)',
  machine: 'For programs (JSON)',
  ownAddress: 'This page is on our own address and needs no platform.',
  unknownTitle: 'There is no such page',
  unknownText: 'The address was cut off, or the page was taken away. Ask where you found the link.',
  awayTitle: 'This page cannot be read right now',
  awayText: 'We have no copy of it either. Load it again in a minute.',
};

const FRENCH: StatusWords = {
  ownName: 'Français',
  title: (name) => `${name} : où nous en sommes`,
  allWell: 'Tout sort comme prévu',
  elsewhere: (platforms) => `Nous sommes en ligne ici, à la place de ${platforms}`,
  trouble: (platforms, isOne) => `${platforms} ${isOne ? 'a' : 'ont'} des difficultés en ce moment`,
  calm: 'Les nouvelles vidéos attendent, ou partent là où cela fonctionne. Leurs liens seront ici.',
  asOf: (at) => `État à ${at}`,
  lastCopy: 'Ceci est notre dernière copie : notre base de données ne répond pas en ce moment.',
  videos: 'À regarder ici en attendant',
  watchOn: (platform) => `Regarder sur ${platform}`,
  insteadOf: (platform) => `au lieu de ${platform}`,
  platforms: 'Où nous publions',
  noPlatforms: 'Pas encore de plateforme.',
  states: {
    healthy: 'Fonctionne',
    recovering: 'Revient',
    degraded: 'En difficulté',
    down: 'En panne',
  },
  subscribe: 'Recevoir un mail quand cela arrive',
  subscribeWhy:
    'Aucune plateforme ne peut couper le mail. Vous confirmez une fois, et chaque mail porte un lien pour partir.',
  subscribeLater: 'L’inscription reviendra dès que notre base de données répondra.',
  history: 'Ce qui s’est passé',
  noHistory: 'Aucune difficulté ces 90 derniers jours.',
  incident: (platform, isDown) => (isDown ? `Panne de ${platform}` : `Difficultés de ${platform}`),
  ongoing: 'en cours',
  span: (from, to) => (to === undefined ? `Depuis le ${from}` : `Du ${from} au ${to}`),
  noUpdates: 'Nos publications ont pris d’elles-mêmes un autre chemin.',
  updateStatuses: {
    investigating: 'Nous cherchons',
    identified: 'Nous savons pourquoi',
    monitoring: 'Nous surveillons',
    resolved: 'C’est fini',
  },
  feed: 'Suivre par flux (Atom)',
  machine: 'Pour les programmes (JSON)',
  ownAddress: 'Cette page est à notre propre adresse et n’a besoin d’aucune plateforme.',
  unknownTitle: 'Cette page n’existe pas',
  unknownText: 'L’adresse est incomplète, ou la page a été retirée. Demandez là où vous avez trouvé le lien.',
  awayTitle: 'Cette page ne peut pas être lue en ce moment',
  awayText: 'Nous n’en avons pas de copie non plus. Rechargez-la dans une minute.',
};

export const STATUS_WORDS: Readonly<Record<StatusLanguage, StatusWords>> = { en: ENGLISH, fr: FRENCH };

/** `27 January 2026, 15:02 UTC`. @param at ISO instant */
export const dayTime = (at: string, locale: StatusLanguage): string =>
  DateTime.fromISO(at, { zone: 'utc', locale }).toFormat("d LLLL yyyy, HH:mm 'UTC'");

/** `15:02 UTC, 27 January 2026`: what matters first where the page tells its own age. @param at ISO instant */
export const timeDay = (at: string, locale: StatusLanguage): string =>
  DateTime.fromISO(at, { zone: 'utc', locale }).toFormat("HH:mm 'UTC', d LLLL yyyy");

/** `TikTok, Reels and Shorts`. */
export const listed = (names: readonly string[], language: StatusLanguage): string =>
  new Intl.ListFormat(language).format(names);
