import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { ChangeSubscription } from '../../application/lists/change-subscription.js';
import { EditSubscriber } from '../../application/lists/edit-subscriber.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import { badEmail } from '../../domain/audience.errors.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';
import { ChangeSubscriberDto, FindSubscriberDto } from './subscriber.dto.js';
import { SubscriberResponse, toSubscriber } from './subscriber.response.dto.js';
import { assertMayDeclare, phoneWishOf } from './sign-up-answer.js';

@Controller('v1/subscribers')
@ApiTags('Audience')
@ApiBearerAuth()
export class SubscriberChangesController {
  constructor(
    private readonly edit: EditSubscriber,
    private readonly change: ChangeSubscription,
    private readonly subscribers: Subscribers,
    private readonly keys: AddressKeys,
    private readonly phones: PhoneNumbers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** A POST, since an address in a query would stand in logs. */
  @Post('find')
  @ApiOperation({ summary: 'Find a subscriber by address' })
  @HttpCode(200)
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberResponse })
  async find(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() { email }: FindSubscriberDto,
  ): Promise<SubscriberResponse> {
    const address = normaliseEmail(email);
    if (address === undefined) throw badEmail();
    const emailHmac = this.keys.hmacOf(workspaceId, address);
    const [subscriber] = await this.subscribers.list(workspaceId, { emailHmac, limit: 1 });
    if (!subscriber) throw notFound('subscriber', emailHmac.toString('hex'));
    return toSubscriber(subscriber);
  }

  /** What people accept is theirs to change, on their preference page. */
  @Patch(':id')
  @ApiOperation({ summary: 'Change what is known of a subscriber' })
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: SubscriberResponse })
  async save(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: ChangeSubscriberDto,
  ): Promise<SubscriberResponse> {
    assertMayDeclare(principal, { phoneConsent: body.phoneConsent });
    const { phone, phoneConsent, ...fields } = body;
    const wish = phone === null ? null : phoneWishOf({ phone, phoneConsent }, this.phones);
    const { workspaceId } = principal;
    return this.unitOfWork.run(async (tx) =>
      toSubscriber(await this.edit.execute(workspaceId, id, { ...fields, phone: wish }, tx)),
    );
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Erase a subscriber' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse({
    description: 'Everything personal is gone; keyed hashes keep imports from bringing it back.',
  })
  erase(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.change.erase(workspaceId, id, actor);
  }
}
