import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const INSTANT = { type: String, format: 'date-time', nullable: true } as const;

export class OverrideResponse {
  @ApiProperty({ example: 'key:prn_live_x' })
  by!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'absent' })
  said!: string;
}

export class SecondCopyResponse {
  @ApiProperty({ type: String, nullable: true })
  platformPostId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  permalink!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  foundAt!: string;
}

export class AttemptResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: '1 for the first try.' })
  no!: number;

  @ApiProperty({ description: "The target's content version that was sent." })
  version!: number;

  @ApiProperty()
  state!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The platform's own name of this upload, once it gave one.",
  })
  handle!: string | null;

  @ApiProperty({ ...INSTANT, description: 'Committed before the irreversible call.' })
  intentAt!: Date | null;

  @ApiProperty(INSTANT)
  callStartedAt!: Date | null;

  @ApiProperty(INSTANT)
  callDeadlineAt!: Date | null;

  @ApiProperty(INSTANT)
  outcomeAt!: Date | null;

  @ApiProperty({ description: 'How often the platform was asked and did not have it.' })
  absentReads!: number;

  @ApiProperty({ type: Number, nullable: true, description: "HTTP status of the platform's answer." })
  httpStatus!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'spam_risk_too_many_posts', description: 'Its own code.' })
  platformCode!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its id of the request: what its support asks for.' })
  requestId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What it said in words.' })
  answerDetail!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: OverrideResponse, nullable: true, description: "A person's word that ended the doubt." })
  override!: OverrideResponse | null;

  @ApiProperty({
    type: SecondCopyResponse,
    nullable: true,
    description: 'A post that it left live although its absence was believed: a second copy of the target.',
  })
  secondCopy!: SecondCopyResponse | null;
}

export class AttemptListResponse {
  @ApiProperty({ type: [AttemptResponse] })
  items!: readonly AttemptResponse[];
}

export class HistoryEntryResponse {
  @ApiProperty()
  seq!: number;

  @ApiProperty({ type: String, nullable: true, description: 'null for the first.' })
  from!: string | null;

  @ApiProperty()
  to!: string;

  @ApiProperty()
  cause!: string;

  @ApiProperty({ example: 'worker' })
  actor!: string;

  @ApiProperty({ type: 'array', items: {}, description: 'What the decision stood on.' })
  reasons!: unknown;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;
}

export class HistoryResponse {
  @ApiProperty({ type: [HistoryEntryResponse] })
  items!: readonly HistoryEntryResponse[];
}

export class ReasonResponse {
  @ApiProperty({ example: 'fallback_not_healthy', description: 'Stable.' })
  code!: string;

  @ApiProperty({ description: 'One sentence.' })
  text!: string;
}

export class MoveResponse {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;

  @ApiProperty({ format: 'uuid', description: 'The account it was meant for.' })
  fromAccountId!: string;

  @ApiProperty({ format: 'uuid', description: 'Where it goes.' })
  accountId!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The target that stands in; absent with dryRun.' })
  replacementId?: string;

  @ApiProperty({ type: [ReasonResponse], description: 'Why there, and why not to the fallbacks before.' })
  reasons!: readonly ReasonResponse[];
}

export class StayResponse {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;

  @ApiProperty({ format: 'uuid', description: 'The account it was meant for.' })
  fromAccountId!: string;

  @ApiProperty({ type: [ReasonResponse], description: 'Why each of its fallbacks cannot take it.' })
  reasons!: readonly ReasonResponse[];
}

export class ReroutePlanResponse {
  @ApiProperty()
  dryRun!: boolean;

  @ApiProperty({ type: [MoveResponse], description: 'In the order in which they get their places.' })
  moves!: readonly MoveResponse[];

  @ApiProperty({ type: [String], description: 'Targets without a usable fallback; they stay.' })
  without!: readonly string[];

  @ApiProperty({ type: [StayResponse], description: 'The same targets, with every reason.' })
  staying!: readonly StayResponse[];
}
