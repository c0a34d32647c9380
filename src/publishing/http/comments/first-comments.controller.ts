import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { FirstComments } from '../../domain/comments/first-comments.port.js';

const STATES = ['none', 'planned', 'intended', 'sent', 'refused', 'unknown', 'expired'];

export class FirstCommentResponse {
  @ApiProperty({
    enum: STATES,
    description:
      'none: the target has no comment, or is not live yet. unknown: its call was begun and has no answer; it is not ' +
      'sent again.',
  })
  state!: string;
  @ApiPropertyOptional()
  text?: string;
  @ApiPropertyOptional({ description: 'How often it was tried.' })
  tries?: number;
  @ApiPropertyOptional({ description: "The platform's id of the comment." })
  messageId?: string;
  @ApiPropertyOptional()
  detail?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  outcomeAt?: string;
}

@Controller('v1/targets/:id/first-comment')
@ApiTags('Targets')
@ApiBearerAuth()
export class FirstCommentsController {
  constructor(private readonly comments: FirstComments) {}

  @Get()
  @ApiOperation({ summary: 'What became of the first comment of a target' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: FirstCommentResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<FirstCommentResponse> {
    const found = await this.comments.of(workspaceId, id);
    if (found === undefined) throw notFound('target', id);
    if (found === null) return { state: 'none' };
    const { state, text, tries, messageId, detail, outcomeAt } = found;
    return {
      state,
      text,
      tries,
      ...(messageId === null ? {} : { messageId }),
      ...(detail === null ? {} : { detail }),
      ...(outcomeAt === null ? {} : { outcomeAt: outcomeAt.toISOString() }),
    };
  }
}
