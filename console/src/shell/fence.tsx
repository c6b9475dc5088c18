import { Component, type ReactNode } from 'react';
import { FailedState } from '../components/states.tsx';

/** Keeps a view that breaks from taking the rest of the page with it. */
export class Fence extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <FailedState
        error={error}
        onAgain={() => {
          location.reload();
        }}
      />
    );
  }
}
