/** The Markdown of briefs, which has paragraphs and flat lists only; what is escaped in it is written as it is. */
export function Words({ markdown }: { readonly markdown: string }) {
  return markdown.split('\n\n').map((block, place) => {
    const lines = block.split('\n');
    // Blocks have nothing else to be told apart by, and never change their order.
    if (!lines.every((line) => line.startsWith('- '))) return <p key={place}>{plain(block)}</p>;
    return (
      <ul key={place}>
        {lines.map((line) => (
          <li key={line}>{plain(line.slice(2))}</li>
        ))}
      </ul>
    );
  });
}

const plain = (markdown: string): string => markdown.replaceAll(/\\([\\`*_[\]<>#|~])/g, '$1');
