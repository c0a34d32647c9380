import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsObject } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { createValidationPipe } from '../../../infra/http/validation.pipe.js';
import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import { TargetResponse, toTargetResponse } from '../../../publishing/index.js';
import type { PostVerdict } from '../../application/bulk/create-posts.js';
import type { PostRequest } from '../../domain/post-request.js';
import { CreatePostDto, toPostRequest } from '../dto/post.request.dto.js';
import { PlanViolationDto, PlanWarningDto } from '../dto/post.response.dto.js';

export const MAX_BULK_POSTS = 1_000;

export class BulkPostsDto {
  @ApiProperty({
    type: [CreatePostDto],
    minItems: 1,
    maxItems: MAX_BULK_POSTS,
    description: 'As POST /v1/posts takes.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BULK_POSTS)
  @IsObject({ each: true })
  posts!: Record<string, unknown>[];

  @ApiPropertyOptional({
    enum: ['each', 'all'],
    default: 'each',
    description: 'all: every post or none; the refusal names every fault as posts.<index>.<field>.',
  })
  @IfGiven()
  @IsIn(['each', 'all'])
  mode: 'each' | 'all' = 'each';

  @ApiPropertyOptional({ default: false, description: 'Judge them; store nothing.' })
  @IfGiven()
  @IsBoolean()
  dryRun: boolean = false;
}

export class BulkPostVerdictDto {
  @ApiProperty({ description: 'Place in the request, from 0.' })
  index!: number;
  @ApiProperty({ enum: ['created', 'valid', 'invalid'] })
  verdict!: 'created' | 'valid' | 'invalid';
  @ApiPropertyOptional({ format: 'uuid' })
  postId?: string;
  @ApiPropertyOptional({ type: [TargetResponse] })
  targets?: readonly TargetResponse[];
  @ApiPropertyOptional({ type: [PlanViolationDto] })
  errors?: readonly PlanViolationDto[];
  @ApiPropertyOptional({ type: [PlanWarningDto] })
  warnings?: readonly PlanWarningDto[];
}

export class BulkPostsResponse {
  @ApiProperty()
  created!: number;
  @ApiProperty()
  invalid!: number;
  @ApiProperty({ type: [BulkPostVerdictDto] })
  items!: readonly BulkPostVerdictDto[];
}

/** One post of a bulk call: readable, or why not. */
export type BulkItem = { readonly request: PostRequest } | { readonly errors: readonly Violation[] };

const pipe = createValidationPipe();

/** Checks each as a single call would. */
export const readBulkItems = (posts: readonly unknown[]): Promise<BulkItem[]> => Promise.all(posts.map(readItem));

const readItem = async (post: unknown): Promise<BulkItem> => {
  try {
    const dto = (await pipe.transform(post, { type: 'body', metatype: CreatePostDto })) as CreatePostDto;
    return { request: toPostRequest(dto) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { errors: error.violations };
  }
};

/** Puts the verdicts of the readable posts back between the unreadable ones. */
export const toBulkResponse = (items: readonly BulkItem[], verdicts: readonly PostVerdict[]): BulkPostsResponse => {
  const left = [...verdicts].reverse();
  const answers = items.map((item, index) =>
    'errors' in item ? invalid(index, item.errors.map(coded)) : answerOf(index, left.pop()),
  );
  const count = (wanted: string) => answers.filter(({ verdict }) => verdict === wanted).length;
  return { created: count('created'), invalid: count('invalid'), items: answers };
};

/** @throws DomainError `bulk.refused` when one of them is invalid */
export const assertAllGood = ({ items, invalid: count }: BulkPostsResponse): void => {
  if (count === 0) return;
  const violations = items.flatMap(({ index, errors = [] }) =>
    errors.map(({ code: _, ...violation }) => ({ ...violation, field: `posts.${index}.${violation.field}` })),
  );
  const message = `${count} of these posts cannot be stored as they are, so none was. See errors.`;
  throw new DomainError('invalid', 'bulk.refused', message, { invalid: count }, violations);
};

const coded = (violation: Violation): PlanViolationDto => ({ code: 'request.invalid', ...violation });

const invalid = (index: number, errors: readonly PlanViolationDto[]): BulkPostVerdictDto => ({
  ...{ index, verdict: 'invalid', errors },
});

const answerOf = (index: number, verdict: PostVerdict | undefined): BulkPostVerdictDto => {
  if (!verdict) throw new Error(`Post ${index} got no verdict.`);
  if ('post' in verdict) {
    const { post, targets, warnings } = verdict;
    const hints = warnings.length === 0 ? {} : { warnings };
    return { index, verdict: 'created', postId: post.id, targets: targets.map(toTargetResponse), ...hints };
  }
  if (verdict.findings.length === 0) return { index, verdict: 'valid' };
  return invalid(
    index,
    verdict.findings.map(({ code, violation }) => ({ code, ...violation })),
  );
};
