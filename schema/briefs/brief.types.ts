import { Extensions, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MADE_IN_CODE } from '../made-in-code.ts';
import { CalendarDate } from '../scalars.ts';
import { Corridor } from '../vocabulary/vocabulary.types.ts';

export enum BriefTopic {
  ROUTE = 'route',
  WORK = 'work',
  MONTHS = 'months',
  AUDIENCES = 'audiences',
  LANGUAGES = 'languages',
  CHANNELS = 'channels',
  NEEDS = 'needs',
  GAPS = 'gaps',
  CONTRADICTIONS = 'contradictions',
  AHEAD = 'ahead',
  SUGGESTIONS = 'suggestions',
  ABOUT = 'about',
}
registerEnumType(BriefTopic, { name: 'BriefTopic', description: 'What a section of a brief is about.' });

@ObjectType({ description: 'A number to print beside the text.' })
@Extensions(MADE_IN_CODE)
export class BriefFigure {
  @Field(() => String, { description: 'In English.' })
  label!: string;

  @Field(() => Int)
  value!: number;
}

@ObjectType({ description: 'A part of a brief, in words and in figures.' })
@Extensions(MADE_IN_CODE)
export class BriefSection {
  @Field(() => BriefTopic)
  topic!: BriefTopic;

  @Field(() => String, { description: 'In English.' })
  heading!: string;

  @Field(() => String, { description: 'English; Markdown with paragraphs and flat lists only.' })
  text!: string;

  @Field(() => [BriefFigure], {
    description: 'What the text is about, in numbers; such as how many campaigns run in each month.',
  })
  figures!: BriefFigure[];
}

@ObjectType({
  description:
    'A corridor in a page or two, to read aloud, to print and to hand on. Made of what you may see, without what is RESTRICTED; the same whenever nothing has changed that day.',
})
@Extensions(MADE_IN_CODE)
export class CorridorBrief {
  @Field(() => Corridor)
  corridor!: Corridor;

  @Field(() => CalendarDate, {
    description: "The hub's calendar day on which it was made; it looks a year ahead from there.",
  })
  asOf!: string;

  @Field(() => String, { description: 'In English.' })
  title!: string;

  @Field(() => [BriefSection], { description: 'In the order in which they are read.' })
  sections!: BriefSection[];

  @Field(() => String, { description: 'All of it in Markdown, with a heading for each section.' })
  text!: string;
}
