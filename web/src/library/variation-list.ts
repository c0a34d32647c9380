import type { VariationDto, VariationRequestDto } from '../api/generated/types.gen.ts';

/** One wording as it is typed. */
export interface TypedVariation {
  /** Of the list, for its lifetime on the page. */
  readonly key: string;
  readonly caption: string;
  readonly title: string;
  readonly hashtags: readonly string[];
  /** Seconds from the start of the video; empty: the platform chooses. */
  readonly coverSeconds: number | '';
}

const MS = 1_000;

export const typedOf = ({
  number,
  caption = '',
  title = '',
  hashtags = [],
  coverMs,
}: VariationDto): TypedVariation => ({
  key: `stored-${number}`,
  caption,
  title,
  hashtags,
  coverSeconds: coverMs === undefined ? '' : coverMs / MS,
});

export const blankVariation = (key: string): TypedVariation => ({
  key,
  caption: '',
  title: '',
  hashtags: [],
  coverSeconds: '',
});

/** What PUT gets; an empty field is the post's own word. */
export const requestOf = ({ caption, title, hashtags, coverSeconds }: TypedVariation): VariationRequestDto => ({
  ...(caption.trim() === '' ? {} : { caption }),
  ...(title.trim() === '' ? {} : { title }),
  ...(hashtags.length === 0 ? {} : { hashtags: hashtags.map((tag) => tag.replace(/^#/, '')) }),
  ...(coverSeconds === '' ? {} : { coverMs: Math.round(coverSeconds * MS) }),
});
