/** How a command ends. */
export const EXIT = {
  done: 0,
  /** Something nobody expected. */
  fault: 1,
  /** The command line, a file or the login is not right. */
  usage: 2,
  /** The hub refused a change; nothing or not everything was changed. */
  refused: 3,
  /** The hub cannot be reached, or does not let you in. */
  unreachable: 4,
} as const;

/** Ends the command with a sentence for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}
