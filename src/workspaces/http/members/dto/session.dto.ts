import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';
import type { Scope } from '../../../../infra/http/principal.js';
import type { Profile } from '../../../application/members/session-desk.js';
import type { Membership } from '../../../domain/members/member.js';
import { type Role, ROLES, scopesOf } from '../../../domain/members/role.js';
import { type ListedSession, type LiveSession, mustSetUpTotp } from '../../../domain/members/sessions.port.js';
import type { Workspace } from '../../../domain/workspace.js';

/** Longer ones are refused before they are hashed. */
const MOST = 1_000;

export class SignInDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 320)
  email!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @Length(1, MOST)
  password!: string;

  @ApiPropertyOptional({ description: 'Of the authenticator app, or a recovery code; after `sign_in.totp_required`.' })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  code?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Which one to enter; the longest membership when left out.' })
  @IsOptional()
  @IsUUID()
  workspaceId?: string;
}

export class EnterWorkspaceDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  workspaceId!: string;
}

export class MembershipDto {
  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;
  @ApiProperty()
  workspaceName!: string;
  @ApiProperty({ format: 'uuid' })
  memberId!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
}

export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time', description: 'When it ends whatever happens; unused, it ends sooner.' })
  expiresAt!: string;
  @ApiProperty({ format: 'email' })
  email!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;
  @ApiProperty({ format: 'uuid' })
  memberId!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ type: [String], description: 'What the role allows; `admin` is all of a workspace.' })
  scopes!: readonly Scope[];
  @ApiProperty()
  workspaceName!: string;
  @ApiProperty({ description: 'Where its accounts are at home.' })
  region!: string;
  @ApiProperty({ description: 'IANA zone of the workspace: every time on its pages is in it.' })
  timeZone!: string;
  @ApiPropertyOptional({ description: 'Its public page is at /status/{statusSlug}.' })
  statusSlug?: string;
  @ApiProperty({ description: 'A second factor is on.' })
  hasTotp!: boolean;
  @ApiProperty({
    description: 'The workspace demands one, and there is none yet: nothing else is open until it is on.',
  })
  mustSetUpTotp!: boolean;
  @ApiProperty({ type: [MembershipDto], description: 'Where else the person may go.' })
  workspaces!: readonly MembershipDto[];
}

export class ListedSessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;
  @ApiProperty({ description: 'Network address it began from.' })
  address!: string;
  @ApiProperty({ description: 'What the browser called itself.' })
  userAgent!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute.' })
  lastSeenAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiProperty({ description: 'The one you ask with.' })
  isThis!: boolean;
}

export class SessionListDto {
  @ApiProperty({ type: [ListedSessionDto], description: 'Yours, in every workspace; at most 100.' })
  items!: readonly ListedSessionDto[];
}

export class EndedSessionsDto {
  @ApiProperty()
  ended!: number;
}

export class ChangePasswordDto {
  @ApiProperty({ format: 'password' })
  @IsString()
  @Length(1, MOST)
  currentPassword!: string;

  @ApiProperty({ format: 'password', minLength: 15, maxLength: 128 })
  @IsString()
  @MaxLength(MOST)
  newPassword!: string;
}

export class AskResetDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 320)
  email!: string;
}

export class RedeemResetDto {
  @ApiProperty({ description: 'What stands behind # in the mailed link.' })
  @IsString()
  @MaxLength(200)
  token!: string;

  @ApiProperty({ format: 'password', minLength: 15, maxLength: 128 })
  @IsString()
  @MaxLength(MOST)
  password!: string;
}

export class AcceptedDto {
  @ApiProperty({ description: 'The same for every address.' })
  message!: string;
}

const toMembershipDto = ({ workspaceId, workspaceName, memberId, role }: Membership): MembershipDto => ({
  workspaceId,
  workspaceName,
  memberId,
  role,
});

export const toSessionDto = (
  session: LiveSession,
  { person, memberships }: Profile,
  workspace: Workspace,
): SessionDto => ({
  id: session.id,
  expiresAt: session.expiresAt.toISOString(),
  email: person.email,
  name: person.name,
  workspaceId: session.workspaceId,
  memberId: session.memberId,
  role: session.role,
  scopes: scopesOf(session.role),
  workspaceName: workspace.name,
  region: workspace.region,
  timeZone: workspace.timeZone,
  ...(workspace.statusSlug === null ? {} : { statusSlug: workspace.statusSlug }),
  hasTotp: session.hasTotp,
  mustSetUpTotp: mustSetUpTotp(session),
  workspaces: memberships.map(toMembershipDto),
});

export const toListedSessionDto = (session: ListedSession, currentId: string): ListedSessionDto => ({
  id: session.id,
  workspaceId: session.workspaceId,
  address: session.address,
  userAgent: session.userAgent,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  isThis: session.id === currentId,
});
