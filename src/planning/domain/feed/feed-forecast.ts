import { firstLine } from './feed-entry.js';

/** A run that planning would make, as a calendar shows it. */
export interface FeedForecast {
  /** The same as long as the same run is foreseen. */
  readonly id: string;
  readonly at: Date;
  /** Name of the queue; undefined for a recurring post. */
  readonly queueName?: string;
  readonly title: string | undefined;
  readonly caption: string;
  readonly tags: readonly string[];
  /** A sentence for a person. */
  readonly why: string;
  /** When its post was last changed. */
  readonly updatedAt: Date;
}

export const forecastSummaryOf = ({ queueName, title, caption }: FeedForecast): string =>
  `[forecast] ${queueName ?? 'Recurring'}: ${firstLine(title ?? '') || firstLine(caption) || 'Untitled'}`;

export const forecastDescriptionOf = ({ caption, why }: FeedForecast): string =>
  [caption, 'Status: forecast, not planned yet', why].filter((line) => line !== '').join('\n');
