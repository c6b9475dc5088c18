import styles from './brief.module.css';

interface Props {
  readonly label: string;
  readonly figures: readonly { readonly label: string; readonly value: number }[];
}

/** Numbers of one kind, each with a bar: a table that is its own picture. */
export function Figures({ label, figures }: Props) {
  const most = figures.reduce((known, { value }) => Math.max(known, value), 1);
  if (figures.length === 0) return null;
  return (
    <table className={styles['figures']} aria-label={label}>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.label}>
            <th scope="row">{figure.label}</th>
            <td>{figure.value}</td>
            <td aria-hidden="true">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none">
                <rect width={(100 * figure.value) / most} height="8" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
