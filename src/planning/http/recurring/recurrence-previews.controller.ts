import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { PreviewRecurrence } from '../../application/recurring/preview-recurrence.js';
import { PreviewRecurrenceDto, toRecurrenceToPreview } from './dto/recurrence.request.dto.js';
import { RecurrencePreviewDto, toRecurrencePreviewDto } from './dto/recurrence.response.dto.js';
import { assertForwards } from './span.js';

@Controller('v1/recurrences')
@ApiTags('Recurring posts')
@ApiBearerAuth()
export class RecurrencePreviewsController {
  constructor(private readonly previews: PreviewRecurrence) {}

  /** The runs of a rule within a span, with what clock changes do to each. Stores nothing. */
  @Post('preview')
  @ApiOperation({ summary: 'Show what a recurrence would do' })
  @HttpCode(200)
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: RecurrencePreviewDto })
  async preview(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: PreviewRecurrenceDto,
  ): Promise<RecurrencePreviewDto> {
    const wish = toRecurrenceToPreview(body);
    assertForwards(wish.from, wish.until);
    return toRecurrencePreviewDto(await this.previews.execute(workspaceId, wish));
  }
}
