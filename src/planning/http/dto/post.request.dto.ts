import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import type { PostVariant, PostVariants } from '../../../library/domain/post-snapshot.js';
import { POST_KINDS, type PostKind } from '../../../library/domain/post-snapshot.js';
import type { PostChange } from '../../../library/domain/posts.port.js';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { PostEdit } from '../../application/edit-post.js';
import type { PostRequest } from '../../domain/post-request.js';
import { IfGiven } from '../../../infra/http/if-given.js';
import { ScheduleRequestDto, toScheduleRequest } from './schedule.request.dto.js';

const ONE_VIDEO = 'mediaIds must be a list with the id of one video, as POST /v1/media answers it.';

export class VariantDto {
  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  caption?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  title?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: "Merged over the post's options." })
  @IfGiven()
  @IsObject()
  options?: Record<string, unknown>;
}

const Variant = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ type: VariantDto, nullable: true })(target, key);
  IsOptional()(target, key);
  IsObject()(target, key);
  ValidateNested()(target, key);
  Type(() => VariantDto)(target, key);
};

/** Words per platform. Null, in a change, removes a variant. */
export class VariantsDto {
  @Variant()
  tiktok?: VariantDto | null;
  @Variant()
  reels?: VariantDto | null;
  @Variant()
  shorts?: VariantDto | null;
  @Variant()
  skylight?: VariantDto | null;
  @Variant()
  discord?: VariantDto | null;
  @Variant()
  telegram?: VariantDto | null;
  @Variant()
  upscrolled?: VariantDto | null;
}

/** Words of a post; what is left out of a change stays. */
export class UpdatePostDto {
  @ApiPropertyOptional({ description: 'At most 5,000 UTF-16 units; each platform has its own limit and unit.' })
  @IfGiven()
  @IsString()
  caption?: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Null clears it.' })
  @IsOptional()
  @IsString()
  title?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'At most 30; they choose routes and become hashtags nowhere.' })
  @IfGiven()
  @IsArray()
  @IsString({ each: true })
  tags?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { privacyLevel: 'PUBLIC_TO_EVERYONE' },
    description: '`firstComment`: words to be written under the live post where the platform has it (skylight).',
  })
  @IfGiven()
  @IsObject()
  options?: Record<string, unknown>;

  @ApiPropertyOptional({ type: VariantsDto })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => VariantsDto)
  variants?: VariantsDto;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 10,
    description:
      'Hashtag sets to append to captions, in this order, as far as each platform takes them; what is left out is told ' +
      'in `warnings`. Words given for one target alone are taken as they are.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  hashtagSetIds?: string[];
}

class NewPostDto {
  @ApiPropertyOptional({ enum: POST_KINDS, default: 'one_shot' })
  @IfGiven()
  @IsIn(POST_KINDS)
  kind: PostKind = 'one_shot';

  @ApiProperty({ description: 'At most 5,000 UTF-16 units; each platform has its own limit and unit.' })
  @IsString()
  caption!: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: 1, description: 'The video, as answered by POST /v1/media.' })
  @IsUUID(undefined, { each: true, message: ONE_VIDEO })
  @ArrayMaxSize(1, { message: ONE_VIDEO })
  @ArrayMinSize(1, { message: ONE_VIDEO })
  @IsArray({ message: ONE_VIDEO })
  mediaIds!: string[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'How an evergreen post returns.' })
  @IfGiven()
  @IsObject()
  recycling?: Record<string, unknown>;
}

export class CreatePostDto extends IntersectionType(
  NewPostDto,
  // Its optional caption would switch off the check of the required one.
  OmitType(UpdatePostDto, ['caption']),
  ScheduleRequestDto,
) {}

const toVariant = ({ caption, title, options }: VariantDto): PostVariant => ({
  ...(caption === undefined ? {} : { caption }),
  ...(title === undefined ? {} : { title }),
  ...(options === undefined ? {} : { options }),
});

type VariantChanges = NonNullable<PostChange['variants']>;

const toVariantChanges = (dto: VariantsDto): VariantChanges =>
  Object.fromEntries(
    PLATFORM_NAMES.flatMap((platform) => {
      const variant = dto[platform];
      return variant === undefined ? [] : [[platform, variant && toVariant(variant)]];
    }),
  );

const withoutNulls = (changes: VariantChanges): PostVariants =>
  Object.fromEntries(Object.entries(changes).filter(([, variant]) => variant !== null));

export const toPostRequest = (dto: CreatePostDto): PostRequest => ({
  kind: dto.kind,
  caption: dto.caption,
  ...(dto.title == null ? {} : { title: dto.title }),
  tags: dto.tags ?? [],
  options: dto.options ?? {},
  variants: withoutNulls(toVariantChanges(dto.variants ?? {})),
  ...(dto.recycling === undefined ? {} : { recycling: dto.recycling }),
  ...hashtagSetsOf(dto),
  mediaId: (dto.mediaIds[0] ?? '').toLowerCase(),
  schedule: toScheduleRequest(dto),
});

const hashtagSetsOf = ({ hashtagSetIds }: Pick<UpdatePostDto, 'hashtagSetIds'>) =>
  hashtagSetIds === undefined ? {} : { hashtagSetIds: hashtagSetIds.map((id) => id.toLowerCase()) };

export const toPostEdit = (dto: UpdatePostDto): PostEdit => ({
  ...(dto.caption === undefined ? {} : { caption: dto.caption }),
  ...(dto.title === undefined ? {} : { title: dto.title }),
  ...(dto.tags === undefined ? {} : { tags: dto.tags }),
  ...(dto.options === undefined ? {} : { options: dto.options }),
  ...(dto.variants === undefined ? {} : { variants: toVariantChanges(dto.variants) }),
  ...hashtagSetsOf(dto),
});
