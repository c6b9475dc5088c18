/** An answer as the text PostgreSQL wrote, to be sent on as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}
