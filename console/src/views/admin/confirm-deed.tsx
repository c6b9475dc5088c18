import { Confirm } from '../../components/confirm.tsx';
import { useDeed } from '../../hub/use-deed.ts';

/** Something that is not taken back easily, and its words. */
export interface AskedDeed {
  readonly title: string;
  readonly action: string;
  /** What follows from it. */
  readonly means: string;
  readonly call: () => Promise<unknown>;
  /** The id of the message that says it is done. */
  readonly said: string;
}

interface Props {
  readonly deed: AskedDeed;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks once more, does it, and says that it is done. */
export function ConfirmDeed({ deed, onDone, onClose }: Props) {
  const { isPending, error, run } = useDeed(onDone);
  return (
    <Confirm
      title={deed.title}
      action={deed.action}
      isOpen
      isPending={isPending}
      error={error}
      onConfirm={() => {
        run(deed.call, deed.said, onClose);
      }}
      onClose={onClose}
    >
      <p>{deed.means}</p>
    </Confirm>
  );
}
