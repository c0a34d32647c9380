import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';
import type { ShownInvite } from '../../../application/members/accept-invite.js';
import type { Invite } from '../../../domain/members/invites.port.js';
import type { Member } from '../../../domain/members/member.js';
import { type Role, ROLES } from '../../../domain/members/role.js';

const ROLE_MESSAGE = { message: `role must be one of: ${ROLES.join(', ')}` };

export class CreateFirstMemberDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 320)
  email!: string;

  @ApiPropertyOptional({ maxLength: 200, default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name: string = '';

  @ApiProperty({ format: 'password', minLength: 15, maxLength: 128 })
  @IsString()
  @MaxLength(1_000)
  password!: string;
}

export class ChangeMemberDto {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES, ROLE_MESSAGE)
  role!: Role;
}

export class CreateInviteDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 320)
  email!: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES, ROLE_MESSAGE)
  role!: Role;
}

export class InviteTokenDto {
  @ApiProperty({ description: 'What stands behind # in the mailed link.' })
  @IsString()
  @MaxLength(200)
  token!: string;
}

export class AcceptInviteDto extends InviteTokenDto {
  @ApiProperty({ format: 'password', description: 'A new one; of who has an account already, the one they have.' })
  @IsString()
  @Length(1, 1_000)
  password!: string;

  @ApiPropertyOptional({ maxLength: 200, default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name: string = '';

  @ApiPropertyOptional({ description: 'Of the authenticator app, or a recovery code; after `sign_in.totp_required`.' })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  code?: string;
}

export class MemberDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'email' })
  email!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class MemberPageDto {
  @ApiProperty({ type: [MemberDto] })
  items!: readonly MemberDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const INVITE_STATES = ['open', 'accepted', 'revoked'] as const;

export class InviteDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'email' })
  email!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ enum: INVITE_STATES, description: '`open` only until `expiresAt`.' })
  state!: (typeof INVITE_STATES)[number];
  @ApiProperty({ example: 'member:0192…' })
  invitedBy!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When the mail left; absent: not yet.' })
  mailedAt?: string;
}

export class InvitePageDto {
  @ApiProperty({ type: [InviteDto] })
  items!: readonly InviteDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class ShownInviteDto {
  @ApiProperty()
  workspaceName!: string;
  @ApiProperty({ format: 'email' })
  email!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ description: 'Accepting takes the password the person already has.' })
  hasAccount!: boolean;
}

export const toMemberDto = ({ id, email, name, role, createdAt }: Member): MemberDto => ({
  id,
  email,
  name,
  role,
  createdAt: createdAt.toISOString(),
});

export const toInviteDto = (invite: Invite): InviteDto => ({
  id: invite.id,
  email: invite.email,
  role: invite.role,
  state: invite.acceptedAt ? 'accepted' : invite.revokedAt ? 'revoked' : 'open',
  invitedBy: invite.invitedBy,
  createdAt: invite.createdAt.toISOString(),
  expiresAt: invite.expiresAt.toISOString(),
  ...(invite.mailedAt ? { mailedAt: invite.mailedAt.toISOString() } : {}),
});

export const toShownInviteDto = ({ workspaceName, email, role, hasAccount }: ShownInvite): ShownInviteDto => ({
  workspaceName,
  email,
  role,
  hasAccount,
});
