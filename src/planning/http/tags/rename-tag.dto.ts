import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

export class RenameTagDto {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'The tag as it is.' })
  @IsString()
  @Length(1, 100)
  from!: string;

  @ApiProperty({
    minLength: 1,
    maxLength: 100,
    description: 'What it is to be called; a tag that is there takes it in.',
  })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'to needs a word' })
  to!: string;
}

export class RenamedTagDto {
  @ApiProperty({ description: 'Posts that carry the new tag now.' })
  posts!: number;
  @ApiProperty({ description: 'Posts with waiting targets that still carry the old one: call again until it is 0.' })
  remainingPosts!: number;
  @ApiProperty({ description: 'Slots and recycling rules that named it as a category.' })
  categories!: number;
}
