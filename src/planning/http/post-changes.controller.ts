import { Body, Controller, Delete, Headers, HttpCode, Param, Patch, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { etagOf, expectedVersion } from '../../infra/http/etag.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { EditPost } from '../application/edit-post.js';
import { StopPost } from '../application/stop-post.js';
import { toPostEdit, UpdatePostDto } from './dto/post.request.dto.js';
import { PostDto, toPostDto } from './dto/post.response.dto.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'ETag of the copy you saw; another one gives 412.' };

@Controller('v1/posts/:id')
@ApiTags('Posts')
@ApiBearerAuth()
export class PostChangesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly edit: EditPost,
    private readonly stop: StopPost,
  ) {}

  /** Changes the words; targets that are not going out yet get them too. */
  @Patch()
  @ApiOperation({ summary: 'Change a post' })
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: PostDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Body() body: UpdatePostDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostDto> {
    const ref = { workspaceId, postId, actor, expectedVersion: expectedVersion(response.req.get('if-match')) };
    const view = await this.unitOfWork.runPatiently((tx) => this.edit.execute(ref, toPostEdit(body), tx));
    response.setHeader('ETag', etagOf(view.post.version));
    return toPostDto(view);
  }

  /** Cancels what waits and removes the post from the library. */
  @Delete()
  @ApiOperation({ summary: 'Delete a post' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse({ description: 'Gone; what was published stays published.' })
  async remove(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    const ref = { workspaceId, postId, actor, expectedVersion: expectedVersion(ifMatch) };
    await this.unitOfWork.runPatiently((tx) => this.stop.remove(ref, tx));
  }
}
