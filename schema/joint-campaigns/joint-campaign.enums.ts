import { registerEnumType } from 'type-graphql';

export enum JointCampaignStatus {
  PREPARING = 'preparing',
  ACTIVE = 'active',
  COMPLETED = 'completed',
  CANCELLED = 'cancelled',
}
registerEnumType(JointCampaignStatus, {
  name: 'JointCampaignStatus',
  description: 'How far a joint campaign is.',
  valuesConfig: {
    PREPARING: { description: 'Parts are being accepted and made ready.' },
    ACTIVE: { description: 'Its lead activated it when all required parts were ready.' },
    COMPLETED: { description: 'It is over; what came of it can be recorded.' },
    CANCELLED: { description: 'It was called off, or nobody was left.' },
  },
});

export enum JointPartStatus {
  INVITED = 'invited',
  ACCEPTED = 'accepted',
  READY = 'ready',
  DECLINED = 'declined',
  WITHDRAWN = 'withdrawn',
}
registerEnumType(JointPartStatus, {
  name: 'JointPartStatus',
  description: 'What became of a part, as far as you may know whose it is.',
  valuesConfig: {
    INVITED: {
      description: 'No answer is known to you: there is none, or it is of somebody who was not revealed to you.',
    },
    ACCEPTED: { description: 'Its owner takes part, and something is still missing.' },
    READY: { description: 'Its owner takes part, and nothing is missing.' },
    DECLINED: { description: 'Its owner, who was revealed to you, does not take part.' },
    WITHDRAWN: { description: 'It is yours, and you withdrew it. To all others it is INVITED again.' },
  },
});

export enum MissingCode {
  NOT_ACCEPTED = 'NOT_ACCEPTED',
  DATES_NOT_CONFIRMED = 'DATES_NOT_CONFIRMED',
  MESSAGES_NOT_APPROVED = 'MESSAGES_NOT_APPROVED',
  TASKS_OPEN = 'TASKS_OPEN',
}
registerEnumType(MissingCode, {
  name: 'MissingCode',
  description: 'What keeps a part from being ready.',
  valuesConfig: {
    NOT_ACCEPTED: { description: 'It was not accepted.' },
    DATES_NOT_CONFIRMED: { description: 'Its owner did not confirm the present window.' },
    MESSAGES_NOT_APPROVED: {
      description:
        'For its perspective there is no approved and valid message in these languages; `und` is any language, for a part that states none.',
    },
    TASKS_OPEN: { description: 'These required tasks are open, by id.' },
  },
});

export enum JointTaskStatus {
  OPEN = 'open',
  DONE = 'done',
  DROPPED = 'dropped',
}
registerEnumType(JointTaskStatus, { name: 'JointTaskStatus', description: 'What became of a task.' });

export enum JointTaskPhase {
  PREPARE = 'prepare',
  LAUNCH = 'launch',
  RUN = 'run',
  CLOSE = 'close',
}
registerEnumType(JointTaskPhase, { name: 'JointTaskPhase', description: 'When in a joint campaign a task is done.' });

export enum WindowEnd {
  START = 'start',
  END = 'end',
}
registerEnumType(WindowEnd, {
  name: 'WindowEnd',
  description: 'The first or the last day of the window.',
  valuesConfig: { START: { description: 'The first day.' }, END: { description: 'The last day.' } },
});

export enum JointMessageStatus {
  PROPOSED = 'proposed',
  APPROVED = 'approved',
  RETURNED = 'returned',
  WITHDRAWN = 'withdrawn',
}
registerEnumType(JointMessageStatus, {
  name: 'JointMessageStatus',
  description: 'How far a message is.',
  valuesConfig: {
    PROPOSED: { description: 'Another part has to review it.' },
    APPROVED: { description: 'Another part approved this text.' },
    RETURNED: { description: 'Another part asks for changes; see its note.' },
    WITHDRAWN: { description: 'Its author took it back.' },
  },
});

export enum JointDecisionCode {
  STARTED = 'STARTED',
  INVITED = 'INVITED',
  ACCEPTED = 'ACCEPTED',
  WITHDRAWN = 'WITHDRAWN',
  DATES_PROPOSED = 'DATES_PROPOSED',
  DATES_CONFIRMED = 'DATES_CONFIRMED',
  WINDOW_MOVED = 'WINDOW_MOVED',
  REVISED = 'REVISED',
  REQUIREMENTS_CHANGED = 'REQUIREMENTS_CHANGED',
  LEAD_GIVEN = 'LEAD_GIVEN',
  ACTIVATED = 'ACTIVATED',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
  TASK_ADDED = 'TASK_ADDED',
  TASK_SETTLED = 'TASK_SETTLED',
  MESSAGE_PROPOSED = 'MESSAGE_PROPOSED',
  MESSAGE_REVISED = 'MESSAGE_REVISED',
  MESSAGE_APPROVED = 'MESSAGE_APPROVED',
  MESSAGE_RETURNED = 'MESSAGE_RETURNED',
  MESSAGE_WITHDRAWN = 'MESSAGE_WITHDRAWN',
  OUTCOME_RECORDED = 'OUTCOME_RECORDED',
  PUBLISHING_AGREED = 'PUBLISHING_AGREED',
  PUBLISHING_REFUSED = 'PUBLISHING_REFUSED',
  PUBLISHED = 'PUBLISHED',
}
registerEnumType(JointDecisionCode, {
  name: 'JointDecisionCode',
  description: 'What a part did. Each comes with its own parameters, in brackets.',
  valuesConfig: {
    STARTED: { description: 'It made a joint campaign of a suggestion (SUGGESTION).' },
    INVITED: { description: 'As lead, it invited further participants of the suggestion (COUNT).' },
    ACCEPTED: { description: 'It takes part (WINDOW, where it confirmed the dates).' },
    WITHDRAWN: { description: 'It takes part no more.' },
    DATES_PROPOSED: { description: 'It would prefer other dates (FIRST_DAY, LAST_DAY).' },
    DATES_CONFIRMED: { description: 'It confirmed the window (WINDOW).' },
    WINDOW_MOVED: { description: 'As lead, it moved the window (FIRST_DAY, LAST_DAY, WINDOW).' },
    REVISED: { description: 'It changed its own part (PART), or as lead what the joint campaign is called.' },
    REQUIREMENTS_CHANGED: { description: 'As lead, it said which parts are required (PART).' },
    LEAD_GIVEN: { description: 'It gave the lead to a part, or took it (PART).' },
    ACTIVATED: { description: 'As lead, it activated the joint campaign.' },
    COMPLETED: { description: 'As lead, it completed the joint campaign.' },
    CANCELLED: { description: 'As lead, it called the joint campaign off.' },
    TASK_ADDED: { description: 'It added a task to a part (PART, TASK).' },
    TASK_SETTLED: { description: 'It closed a task or opened it again (TASK, STATE).' },
    MESSAGE_PROPOSED: { description: 'It proposed a message (MESSAGE).' },
    MESSAGE_REVISED: { description: 'It changed its message, which is to be reviewed anew (MESSAGE).' },
    MESSAGE_APPROVED: { description: 'It approved the message of another part (MESSAGE).' },
    MESSAGE_RETURNED: { description: 'It asked for changes of a message (MESSAGE).' },
    MESSAGE_WITHDRAWN: { description: 'It took its message back (MESSAGE).' },
    OUTCOME_RECORDED: { description: 'It recorded what came of it (OUTCOME, VERSION).' },
    PUBLISHING_AGREED: { description: 'It agrees to an outcome being published (OUTCOME, VERSION).' },
    PUBLISHING_REFUSED: { description: 'It does not agree, or no longer (OUTCOME, VERSION).' },
    PUBLISHED: { description: 'It made a case study of its outcome (OUTCOME, VERSION, CASE_STUDY).' },
  },
});

export enum DecisionParameterName {
  SUGGESTION = 'SUGGESTION',
  COUNT = 'COUNT',
  WINDOW = 'WINDOW',
  FIRST_DAY = 'FIRST_DAY',
  LAST_DAY = 'LAST_DAY',
  PART = 'PART',
  TASK = 'TASK',
  STATE = 'STATE',
  MESSAGE = 'MESSAGE',
  OUTCOME = 'OUTCOME',
  VERSION = 'VERSION',
  CASE_STUDY = 'CASE_STUDY',
}
registerEnumType(DecisionParameterName, {
  name: 'DecisionParameterName',
  description: 'Tells what the values of a parameter are.',
  valuesConfig: {
    SUGGESTION: { description: 'The id of a Suggestion.' },
    COUNT: { description: 'A whole number.' },
    WINDOW: { description: 'A version of the window.' },
    FIRST_DAY: { description: 'A CalendarDate.' },
    LAST_DAY: { description: 'A CalendarDate.' },
    PART: { description: 'Ids of JointParts.' },
    TASK: { description: 'The id of a JointTask.' },
    STATE: { description: 'A value of JointTaskStatus.' },
    MESSAGE: { description: 'The id of a JointMessage.' },
    OUTCOME: { description: 'The id of a JointOutcome.' },
    VERSION: { description: 'A version of the outcome.' },
    CASE_STUDY: { description: 'The id of a CaseStudy.' },
  },
});

export enum InvitationAnswer {
  ACCEPT = 'accept',
  DECLINE = 'decline',
  PROPOSE_DATES = 'propose_dates',
}
registerEnumType(InvitationAnswer, {
  name: 'InvitationAnswer',
  description: 'What one answers to an invitation.',
  valuesConfig: {
    ACCEPT: { description: 'We take part. All who take part learn that we do, and we learn of them.' },
    DECLINE: {
      description:
        'We do not take part. Only those to whom the suggestion revealed us learn it; to all others it looks like silence.',
    },
    PROPOSE_DATES: {
      description:
        'We would prefer other dates. Those who take part learn that the seat of our country does; not whose it is, unless they know already.',
    },
  },
});

export enum ReviewVerdict {
  APPROVE = 'approve',
  RETURN = 'return',
}
registerEnumType(ReviewVerdict, {
  name: 'ReviewVerdict',
  description: 'What comes of a review.',
  valuesConfig: {
    APPROVE: { description: 'It may be used as it stands.' },
    RETURN: { description: 'Its author has to change something; the note says what.' },
  },
});
