/** What a notification is about. */
export const NOTIFICATION_KINDS = [
  'NEW_OVERLAP',
  'NEW_SUGGESTION',
  'SUGGESTION_REVEALED',
  'INVITATION',
  'APPROVAL_NEEDED',
  'ENDS_SOON',
  'NOT_CONFIRMED',
  'CONTRADICTION',
  'REVIEW_DUE',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
