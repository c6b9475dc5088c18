/** An IATI file of one publisher with an activity for each letter; made so that only what is given differs. */
export function iatiFile(
  letters: readonly string[],
  publisher = 'Example Publisher',
  change: (letter: string) => {
    readonly title?: string;
    readonly start?: string;
    readonly status?: string;
  } = () => ({}),
): string {
  const activities = letters.map((letter) => {
    const { title = `Activity ${letter}`, start = '2026-01-01', status = '2' } = change(letter);
    return `<iati-activity>
  <iati-identifier>XX-EX-${letter}</iati-identifier>
  <reporting-org type="22"><narrative>${publisher}</narrative></reporting-org>
  <title><narrative>${title}</narrative></title>
  <activity-status code="${status}"/>
  <activity-date type="1" iso-date="${start}"/>
  <activity-date type="3" iso-date="2026-12-31"/>
  <recipient-country code="BD"/>
  <sector vocabulary="1" code="15190"/>
</iati-activity>`;
  });
  return `<?xml version="1.0"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>\n`;
}
