import { ApiProperty } from '@nestjs/swagger';

/** The event is kept; it is applied within seconds. */
export class HookResponse {
  @ApiProperty({ description: 'Always true: the event is stored, or was before.' })
  received!: boolean;
}
