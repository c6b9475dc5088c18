import { Component, type ReactNode } from 'react';
import { FailedState } from '../components/states.tsx';
import { readStanding } from '../hub/session.ts';

interface Props {
  /** What the view is called. */
  readonly title: string;
  readonly children: ReactNode;
}

/** Keeps a view that breaks, or cannot be fetched, from taking the rest of the page with it. */
export class Fence extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <>
        <h1>{this.props.title}</h1>
        <FailedState
          error={error}
          onAgain={() => {
            void reloadOnceThere();
          }}
        />
      </>
    );
  }
}

/** Not while the hub cannot be reached: the browser would put a page of its own in the place of ours. */
async function reloadOnceThere(): Promise<void> {
  const isThere = await readStanding().then(
    () => true,
    () => false,
  );
  if (isThere) location.reload();
}
